# Turns the message tables (id, English, French; tab separated, # comments) into C++ rows. Run with -DTABLES=... -DOUTPUT=...
set(rows "")
foreach(table IN LISTS TABLES)
  file(READ ${table} text)
  string(APPEND rows "// ${table}\nR\"SECATEUR(${text})SECATEUR\",\n")
endforeach()
# Comments name files only, so that the generated text is the same on every machine.
string(REGEX REPLACE "// [^\n]*/([a-z_]+\\.tsv)" "// \\1" rows "${rows}")
file(WRITE ${OUTPUT} "${rows}")
