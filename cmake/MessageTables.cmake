# Turns the message tables (id, English, French; tab separated, # comments) into C++ raw strings, one a table, for
# src/base/messages.cpp, which takes them apart. Run with -DTABLES=... -DOUTPUT=...
set(delimiter "SECATEUR_TABLE")
set(rows "")
foreach(table IN LISTS TABLES)
  get_filename_component(name ${table} NAME)
  file(READ ${table} text)
  string(FIND "${text}" ")${delimiter}\"" ends_early)
  if(NOT ends_early EQUAL -1)
    message(FATAL_ERROR "${table}: a text must not contain )${delimiter}\"")
  endif()
  # Only the name, so that the generated text is the same on every machine.
  string(APPEND rows "// ${name}\nR\"${delimiter}(${text})${delimiter}\",\n")
endforeach()
file(WRITE ${OUTPUT} "${rows}")
