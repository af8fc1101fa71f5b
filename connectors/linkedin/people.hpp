// SPDX-License-Identifier: GPL-3.0-or-later
// The files about people and pages: relations, invitations, recommendations, endorsements, follows, events.
#pragma once

#include "connectors/linkedin/file_pass.hpp"

namespace secateur::linkedin {

/// Whether the file was one of these.
bool read_people(FilePass& pass);

}  // namespace secateur::linkedin
