// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/reports/schema_check.hpp"

#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <fstream>
#include <sstream>

namespace secateur::test {

std::string schema_problem(std::string_view json, std::string_view schema_name) {
    std::ifstream file(std::string(SECATEUR_SOURCE_DIR) + "/docs/schemas/" + std::string(schema_name) + ".schema.json");
    std::stringstream content;
    content << file.rdbuf();
    rapidjson::Document schema_text, document;
    if (schema_text.Parse(content.str().c_str()).HasParseError()) return "the schema is no JSON";
    if (document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size()).HasParseError())
        return "no JSON at byte " + std::to_string(document.GetErrorOffset());
    const rapidjson::SchemaDocument schema(schema_text);
    rapidjson::SchemaValidator validator(schema);
    if (document.Accept(validator)) return {};
    rapidjson::StringBuffer place;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(place);
    return std::string(place.GetString()) + ": " + validator.GetInvalidSchemaKeyword();
}

}  // namespace secateur::test
