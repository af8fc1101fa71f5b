// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>

#include "base/json_stream.hpp"
#include "base/text.hpp"

namespace {
struct Handler final : secateur::JsonHandler {
    secateur::Flow on_value(std::size_t, std::string_view, secateur::JsonValue value, const secateur::Location&) override {
        if (!secateur::is_valid_utf8(value.text())) __builtin_trap();
        return secateur::Flow::proceed;
    }
};
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const bool repair : {false, true}) {
        const auto stream = secateur::memory_stream(text);
        Handler handler;
        (void)secateur::read_json(*stream, "fuzz", {{secateur::JsonPattern::value, "chats.list[*].messages[*]"}, {secateur::JsonPattern::value, "*[*]"}, {secateur::JsonPattern::value, "[*]"}},
                                  handler, {.repair_hex_escapes = repair, .repair_bare_tokens = repair});
    }
    const secateur::JsonDocument document(text);
    (void)document.root().text();
    return 0;
}
