// SPDX-License-Identifier: GPL-3.0-or-later
// profile.toml: what the person told us, in a file she can read and edit.
#pragma once

#include <filesystem>
#include <string>

#include "model/profile.hpp"

namespace secateur::cli {

/// Throws Error(usage) naming the line and what stands there that cannot be. A file that does not exist is an empty profile.
[[nodiscard]] Profile load_profile(const std::filesystem::path& path);

/// The text of a profile, with a comment for every key, in the profile's language; reads back the same.
[[nodiscard]] std::string profile_text(const Profile& profile);

/// A short stable id from her words: "Être visible en Belgique" -> "etre-visible-en"; none of `others` has it.
[[nodiscard]] std::string objective_id(std::string_view text, const std::vector<Objective>& others);

/// Writes beside and renames, so that a crash leaves the old file. Throws Error(io).
void save_profile(const Profile& profile, const std::filesystem::path& path);

}  // namespace secateur::cli
