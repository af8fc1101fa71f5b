# secateur_library(name ROOT folder SOURCES ... HEADERS ... DEPS public... PRIVATE_DEPS third-party...)
# makes the target secateur_<name>, alias secateur::<name>, that exports the parent of its folder for includes.
add_library(secateur_warnings INTERFACE)
# Designated initializers leave out what is absent on purpose, so the warning about missing ones is off.
target_compile_options(secateur_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-missing-field-initializers)

function(secateur_library name)
  cmake_parse_arguments(arg "" "ROOT" "SOURCES;HEADERS;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(secateur_${name} STATIC ${arg_SOURCES})
  add_library(secateur::${name} ALIAS secateur_${name})
  target_sources(secateur_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${arg_ROOT} FILES ${arg_HEADERS})
  target_link_libraries(secateur_${name} PUBLIC ${arg_DEPS} PRIVATE secateur_warnings ${arg_PRIVATE_DEPS})
endfunction()
