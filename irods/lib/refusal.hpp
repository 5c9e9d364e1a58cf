// Why an operation ends: the code that the microservice returns, and the text that the user sees.
#pragma once

#include "../include/b2handle_irods.h"

#include <cstdint>
#include <string>
#include <utility>

namespace b2h_irods
{
/** Thrown by everything inside the library, caught at its border. */
class refusal
{
  public:
    refusal(std::int32_t code, std::string text) : code_(code), text_(std::move(text))
    {
    }
    std::int32_t code() const noexcept
    {
        return code_;
    }
    const std::string &text() const noexcept
    {
        return text_;
    }

  private:
    std::int32_t code_;
    std::string text_;
};
} // namespace b2h_irods
