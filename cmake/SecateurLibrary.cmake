# secateur_library(name ROOT folder SOURCES ... HEADERS ... DEPS public... PRIVATE_DEPS third-party...)
# makes the target secateur_<name>, alias secateur::<name>, that exports the parent of its folder for includes.
add_library(secateur_warnings INTERFACE)
# Designated initializers leave out what is absent on purpose, so the warning about missing ones is off. Where several files are compiled at
# once, two that tell of other files are off as well.
target_compile_options(secateur_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -Wconversion -Wno-missing-field-initializers -Wno-subobject-linkage)

# The standard headers that nearly every file reads, compiled once for the whole tree: it halves the time of a small file. The `ci` preset
# builds without, so that every file includes what it uses.
set(secateur_pch_headers <algorithm> <array> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <string>
    <string_view> <unordered_map> <utility> <variant> <vector> <fmt/format.h>)
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/pch.cpp CONTENT "// Nothing: the headers are the point.\n")
add_library(secateur_pch OBJECT ${PROJECT_BINARY_DIR}/pch.cpp)
target_link_libraries(secateur_pch PRIVATE secateur_warnings fmt::fmt Threads::Threads)
target_precompile_headers(secateur_pch PRIVATE ${secateur_pch_headers})

# What gains nothing by more: commands and reports run once.
add_library(secateur_quick_to_build INTERFACE)
target_compile_options(secateur_quick_to_build INTERFACE $<$<CONFIG:Release>:-O1>)

function(secateur_library name)
  cmake_parse_arguments(arg "" "ROOT" "SOURCES;HEADERS;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(secateur_${name} STATIC ${arg_SOURCES})
  add_library(secateur::${name} ALIAS secateur_${name})
  target_sources(secateur_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${arg_ROOT} FILES ${arg_HEADERS})
  target_link_libraries(secateur_${name} PUBLIC ${arg_DEPS} PRIVATE secateur_warnings ${arg_PRIVATE_DEPS})
  target_precompile_headers(secateur_${name} REUSE_FROM secateur_pch)
endfunction()
