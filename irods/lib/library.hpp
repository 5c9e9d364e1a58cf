// What libb2handle gives, and its failures in the words of iRODS.
#pragma once

#include "refusal.hpp"

#include <b2handle.hpp>

#include <utility>

namespace b2h_irods
{
/** The iRODS code for a failure of libb2handle. */
std::int32_t code_of(b2h_status status) noexcept;

/** A failure of libb2handle in the words of the user. */
refusal refusal_of(const b2h::failure &why);

/** What a call of libb2handle gave. */
template <class T> T got(b2h::result<T> became)
{
    if (!became.has_value())
        throw refusal_of(became.error());
    return *std::move(became);
}
inline void done(const b2h::result<void> &became)
{
    if (!became.has_value())
        throw refusal_of(became.error());
}
} // namespace b2h_irods
