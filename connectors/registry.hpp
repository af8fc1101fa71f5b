// SPDX-License-Identifier: GPL-3.0-or-later
// The list of connectors. A list, not a trick: it can be read, and nothing vanishes from it.
#pragma once

#include <span>
#include <string_view>

#include "connectors/connector.hpp"

namespace secateur {

[[nodiscard]] std::span<const Connector* const> connectors();
/// Null when there is none of that name.
[[nodiscard]] const Connector* find_connector(std::string_view name);

}  // namespace secateur
