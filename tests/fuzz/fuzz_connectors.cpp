// SPDX-License-Identifier: GPL-3.0-or-later
// Every connector reads the input under the file names it looks for.
#include <array>
#include <cstdint>

#include "connectors/registry.hpp"
#include "tests/support/memory_source.hpp"
#include "tests/support/vector_sink.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace secateur;
    static constexpr std::array names{"result.json", "_chat.txt", "WhatsApp Chat with Owls.txt", "Comments.csv", "Shares_1.csv", "messages.csv", "Connections.csv",
                                      "Ad_Targeting.csv", "groups/your_group_membership_activity.json", "groups/group_posts_and_comments.json",
                                      "messages/inbox/owls_1/message_1.json", "posts.csv", "memberships.csv", "posts.jsonl"};
    ReadContext context;
    context.me.names = {"Mira Example"};
    context.zone = Zone::find("Europe/Brussels");
    context.today = Date{std::chrono::days{20'778}};
    const std::string text(reinterpret_cast<const char*>(data), size);
    for (const char* name : names) {
        const test::MemorySource source("fuzz", {{name, text}});
        for (const Connector* connector : connectors()) {
            try {
                if (connector->detect(source)) (void)test::read_source(*connector, source, context);
            } catch (const Error&) {
            }
        }
    }
    return 0;
}
