// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite as the store uses it: SQLiteCpp for what is asked now and then, a bare statement for what runs once a row. Whatever SQLite
// reports becomes an Error here.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace secateur {

[[nodiscard]] Error store_error(int code, const char* detail);

/// Runs `action`; SQLite's exceptions leave as Error.
template <class Action>
decltype(auto) guarded(Action&& action) {
    try {
        return std::forward<Action>(action)();
    } catch (const SQLite::Exception& exception) {
        throw store_error(exception.getErrorCode(), exception.what());
    }
}

/// A prepared statement without the costs of a wrapper for each column. Must die before its database: SQLiteCpp aborts otherwise.
class HotStatement {
public:
    HotStatement(sqlite3* database, std::string_view sql) : database_(database) {
        check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    }
    HotStatement(const HotStatement&) = delete;
    HotStatement& operator=(const HotStatement&) = delete;
    ~HotStatement() { sqlite3_finalize(statement_); }

    void bind(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_, index, value)); }
    void bind_null(int index) { check(sqlite3_bind_null(statement_, index)); }
    /// The bytes must live until the statement is reset.
    void bind_text(int index, std::string_view text) {
        check(sqlite3_bind_text64(statement_, index, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
    void bind_blob(int index, const void* bytes, std::size_t size) {
        check(sqlite3_bind_blob64(statement_, index, bytes, size, SQLITE_STATIC));
    }
    /// True for a row, false at the end.
    bool step() {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) check(code);
        return false;
    }
    void reset() noexcept { sqlite3_reset(statement_); }
    void run() {
        step();
        reset();
    }
    [[nodiscard]] std::int64_t integer(int column) noexcept { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] bool is_null(int column) noexcept { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    /// Valid until the next step; empty for NULL.
    [[nodiscard]] std::string_view blob(int column) noexcept {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    [[nodiscard]] std::string_view text(int column) noexcept {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    void check(int code) {
        if (code != SQLITE_OK) throw store_error(code, sqlite3_errmsg(database_));
    }
    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace secateur
