// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>

#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    secateur::CsvDialect dialect = secateur::guess_csv_dialect(text);
    for (const bool backslash : {false, true}) {
        dialect.backslash_escapes = backslash;
        const auto stream = secateur::memory_stream(text);
        secateur::CsvReader reader(*stream, dialect, "fuzz");
        secateur::CsvRow row;
        try {
            while (reader.next(row))
                for (const std::string& cell : row.cells)
                    if (!secateur::is_valid_utf8(cell)) __builtin_trap();
        } catch (const secateur::Error&) {
        }
    }
    return 0;
}
