// SPDX-License-Identifier: GPL-3.0-or-later
// 64-bit and 128-bit fingerprints (XXH3). For identity and change detection, never for secrets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace secateur {

[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0) noexcept;
/// Mixes a further value into a hash; order matters.
[[nodiscard]] std::uint64_t hash_combine(std::uint64_t hash, std::uint64_t value) noexcept;
[[nodiscard]] std::string hash_hex(std::uint64_t hash);  // 16 lower-case digits

/// The 128-bit fingerprint of bytes that arrive in pieces.
class Fingerprint {
public:
    Fingerprint();
    ~Fingerprint();
    Fingerprint(Fingerprint&&) noexcept;
    Fingerprint& operator=(Fingerprint&&) noexcept;
    void add(std::string_view bytes) noexcept;
    [[nodiscard]] std::string hex() const;  // 32 lower-case digits

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace secateur
