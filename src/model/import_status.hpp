// SPDX-License-Identifier: GPL-3.0-or-later
// How an import of one source ended, as ingest says it and the JSON writes it.
#pragma once

#include <string_view>

namespace secateur {

enum class ImportStatus { imported, unchanged, failed };

[[nodiscard]] constexpr std::string_view to_string(ImportStatus status) {
    switch (status) {
        case ImportStatus::imported: return "imported";
        case ImportStatus::unchanged: return "unchanged";
        case ImportStatus::failed: break;
    }
    return "failed";
}

}  // namespace secateur
