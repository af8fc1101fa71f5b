// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <new>

namespace secateur {

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::uint64_t hash_combine(std::uint64_t hash, std::uint64_t value) noexcept {
    // splitmix64's finaliser: one-to-one in each argument, so equal values never collapse.
    std::uint64_t mixed = hash * 0x9E3779B97F4A7C15U + value;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
}

std::string hash_hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

struct Fingerprint::State {
    State() : hash(XXH3_createState()) {
        if (hash == nullptr) throw std::bad_alloc();
        XXH3_128bits_reset(hash);
    }
    ~State() { XXH3_freeState(hash); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    XXH3_state_t* hash;
};

Fingerprint::Fingerprint() : state_(std::make_unique<State>()) {}
Fingerprint::~Fingerprint() = default;
Fingerprint::Fingerprint(Fingerprint&&) noexcept = default;
Fingerprint& Fingerprint::operator=(Fingerprint&&) noexcept = default;

void Fingerprint::add(std::string_view bytes) noexcept { XXH3_128bits_update(state_->hash, bytes.data(), bytes.size()); }

std::string Fingerprint::hex() const {
    const XXH128_hash_t digest = XXH3_128bits_digest(state_->hash);
    return fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
}

}  // namespace secateur
