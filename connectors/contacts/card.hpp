// SPDX-License-Identifier: GPL-3.0-or-later
// One vCard (2.1, 3.0, 4.0) put together line by line, and the Contact it makes. Pictures, notes, birthdays and postal addresses are
// never kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connectors/content_lines.hpp"
#include "model/record.hpp"

namespace secateur::contacts {

class Card {
public:
    enum class Kind { person, organisation, group, place };

    /// Any line between BEGIN and END; those of no use are let go.
    void take(const ContentLine& line);

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] std::string name() const;
    [[nodiscard]] const std::vector<std::string>& phones() const noexcept { return phones_; }
    /// Without any name, address or number it is nobody: the key of the person is empty then.
    [[nodiscard]] Contact contact() const;

private:
    struct Address {
        std::string address;
        unsigned rank;  // 0: preferred
    };
    void take_email(const ContentLine& line);
    void take_url(const ContentLine& line);

    std::string uid_, full_name_, given_and_family_, nickname_, organisation_, title_, role_, kind_, url_, profile_;
    std::vector<Address> emails_;
    std::vector<std::string> phones_;
    bool is_company_ = false;
};

}  // namespace secateur::contacts
