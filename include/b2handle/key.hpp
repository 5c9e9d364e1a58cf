// Private keys, public keys and certificates.
#ifndef B2HANDLE_KEY_HPP
#define B2HANDLE_KEY_HPP

#include "object.hpp"

namespace b2h
{
inline namespace B2H_CXX_ABI
{
/**
 * A private key, a public key or a certificate. Copies are cheap and share it; its secrets are cleared when
 * the last of them goes. Private keys that to_handle() and to_pem() give are the program's own to clear.
 */
class key : public detail::shared_object<b2h_key, b2h_key_free>
{
  public:
    using shared_object::shared_object;

    /** Reads a key or certificate file of any kind, see b2h_key_read(). Without its passphrase, a private key
     * stays locked. */
    static key read(text path, std::optional<text> passphrase = std::nullopt)
    {
        return try_read(path, passphrase).value();
    }
    static result<key> try_read(text path, std::optional<text> passphrase = std::nullopt) noexcept
    {
        return detail::call<key>(b2h_key_read, path, passphrase);
    }
    /** Reads the content of such a file. */
    static key from_bytes(bytes_view content, std::optional<text> passphrase = std::nullopt)
    {
        return try_from_bytes(content, passphrase).value();
    }
    static result<key> try_from_bytes(bytes_view content,
                                      std::optional<text> passphrase = std::nullopt) noexcept
    {
        return detail::call<key>(b2h_key_from_bytes, content, passphrase);
    }

    /** What the file was, such as "Handle private key". */
    std::string format() const
    {
        return detail::string_of(b2h_key_format(get()));
    }
    /** How the private key was encrypted in its file; none where it was not. */
    std::optional<std::string> encryption() const
    {
        return detail::optional_of(b2h_key_encryption(get()));
    }
    /** "RSA" or "DSA"; none where a locked key does not tell. */
    std::optional<std::string> algorithm() const
    {
        return detail::optional_of(b2h_key_algorithm(get()));
    }
    /** Such as 2048; 0 where a locked key does not tell. */
    std::uint32_t bits() const noexcept
    {
        return b2h_key_bits(get());
    }
    bool is_private() const noexcept
    {
        return b2h_key_is_private(get()) != 0;
    }
    /** Whether it is an encrypted private key that was read without its passphrase. */
    bool is_locked() const noexcept
    {
        return b2h_key_is_locked(get()) != 0;
    }

    /** As in admpriv.bin and admpub.bin; a passphrase encrypts a private key. */
    bytes to_handle(std::optional<text> passphrase = std::nullopt) const
    {
        return try_to_handle(passphrase).value();
    }
    result<bytes> try_to_handle(std::optional<text> passphrase = std::nullopt) const noexcept
    {
        return detail::call<bytes>(b2h_key_to_handle, get(), passphrase);
    }
    /** As PEM; a passphrase encrypts a private key. */
    std::string to_pem(std::optional<text> passphrase = std::nullopt) const
    {
        return try_to_pem(passphrase).value();
    }
    result<std::string> try_to_pem(std::optional<text> passphrase = std::nullopt) const noexcept
    {
        return detail::call<std::string>(b2h_key_to_pem, get(), passphrase);
    }
    /** The public half of a private key, or the key of a certificate. (public is a word of the language.) */
    key public_key() const
    {
        return try_public_key().value();
    }
    result<key> try_public_key() const noexcept
    {
        return detail::call<key>(b2h_key_public, get());
    }
    /** The data of an HS_PUBKEY value. */
    bytes public_value() const
    {
        return try_public_value().value();
    }
    result<bytes> try_public_value() const noexcept
    {
        return detail::call<bytes>(b2h_key_public_value, get());
    }
    /** Which key it is: "sha256:" and 64 hexadecimal digits. */
    std::string fingerprint() const
    {
        return try_fingerprint().value();
    }
    result<std::string> try_fingerprint() const noexcept
    {
        return detail::call<std::string>(b2h_key_fingerprint, get());
    }
    /** A self-signed certificate in PEM; identity is index:prefix/suffix. */
    std::string certificate(text identity) const
    {
        return try_certificate(identity).value();
    }
    result<std::string> try_certificate(text identity) const noexcept
    {
        return detail::call<std::string>(b2h_key_certificate, get(), identity);
    }
    /** Whom a certificate names: index:prefix/suffix. */
    std::string identity() const
    {
        return try_identity().value();
    }
    result<std::string> try_identity() const noexcept
    {
        return detail::call<std::string>(b2h_key_identity, get());
    }
};

/** Writes a new file that only its owner may read. One that exists is never overwritten. */
inline result<void> try_key_save(text path, bytes_view content) noexcept
{
    return detail::call<void>(b2h_key_save, path, content);
}
inline void key_save(text path, bytes_view content)
{
    try_key_save(path, content).value();
}
} // namespace B2H_CXX_ABI
} // namespace b2h

#endif
