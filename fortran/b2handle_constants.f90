! The constants of libb2handle. This file is generated from include/b2handle.h: do not edit it.
module b2handle_constants
  use, intrinsic :: iso_c_binding, only: c_int32_t
  implicit none (type, external)
  public
  private :: c_int32_t

  !> The version of this header.
  integer(c_int32_t), parameter :: B2H_VERSION_MAJOR = 0

  integer(c_int32_t), parameter :: B2H_VERSION_MINOR = 1

  integer(c_int32_t), parameter :: B2H_VERSION_PATCH = 0

  !> major * 1000000 + minor * 1000 + patch, to compare with b2h_version_number().
  integer(c_int32_t), parameter :: B2H_VERSION_NUMBER = 1000

  character(*), parameter :: B2H_VERSION_STRING = "0.1.0"

  !> Registering replaces the whole record of a Handle that exists already, hidden values included.
  integer(c_int32_t), parameter :: B2H_OVERWRITE = 1

  !> Reading sends the credentials, and so sees values that are not public. The server then refuses the whole
  !> read when one of the values may not be read by this identity.
  integer(c_int32_t), parameter :: B2H_AUTHENTICATED = 2

  !> Reading asks the server's own storage, not a cache of the server or of the client.
  integer(c_int32_t), parameter :: B2H_AUTHORITATIVE = 4

  !> HS_ADMIN values may be changed or deleted so that nobody is left who could repair the Handle. Also needs
  !> modify_HS_ADMIN in the credentials. (B2H_OVERWRITE and b2h_put_values() write what they are given,
  !> unseen.)
  integer(c_int32_t), parameter :: B2H_FORCE_ADMIN = 8

  !> A search gives the values of the Handles too, as the reverse lookup tells them.
  integer(c_int32_t), parameter :: B2H_WITH_RECORDS = 16

  !> Something failed that no call reports.
  integer(c_int32_t), parameter :: B2H_LOG_ERROR = 1

  !> Something works, and should not be left as it is: a server that is not verified, a secret that others may
  !> read.
  integer(c_int32_t), parameter :: B2H_LOG_WARNING = 2

  !> What an operator may want to know.
  integer(c_int32_t), parameter :: B2H_LOG_INFO = 3

  !> Every single step.
  integer(c_int32_t), parameter :: B2H_LOG_DEBUG = 4

  !> As it should be.
  integer(c_int32_t), parameter :: B2H_CHECK_GOOD = 0

  !> Work that needs this will fail.
  integer(c_int32_t), parameter :: B2H_CHECK_BAD = 1

  !> It could not be found out.
  integer(c_int32_t), parameter :: B2H_CHECK_UNKNOWN = 2

  !> There is nothing to check.
  integer(c_int32_t), parameter :: B2H_CHECK_NOT_CONFIGURED = 3

  !> May create Handles under the prefix.
  integer(c_int32_t), parameter :: B2H_MAY_CREATE_HANDLE = 1

  !> May delete the Handle.
  integer(c_int32_t), parameter :: B2H_MAY_DELETE_HANDLE = 2

  !> May create derived prefixes.
  integer(c_int32_t), parameter :: B2H_MAY_ADD_DERIVED_PREFIX = 4

  !> May delete derived prefixes.
  integer(c_int32_t), parameter :: B2H_MAY_DELETE_DERIVED_PREFIX = 8

  !> May change values.
  integer(c_int32_t), parameter :: B2H_MAY_MODIFY_VALUE = 16

  !> May delete values.
  integer(c_int32_t), parameter :: B2H_MAY_REMOVE_VALUE = 32

  !> May add values.
  integer(c_int32_t), parameter :: B2H_MAY_ADD_VALUE = 64

  !> May change HS_ADMIN values.
  integer(c_int32_t), parameter :: B2H_MAY_MODIFY_ADMIN = 128

  !> May delete HS_ADMIN values.
  integer(c_int32_t), parameter :: B2H_MAY_REMOVE_ADMIN = 256

  !> May add HS_ADMIN values.
  integer(c_int32_t), parameter :: B2H_MAY_ADD_ADMIN = 512

  !> May read values that are not public.
  integer(c_int32_t), parameter :: B2H_MAY_READ_VALUE = 1024

  !> May list the Handles of the prefix.
  integer(c_int32_t), parameter :: B2H_MAY_LIST_HANDLES = 2048

  !> What owners of Handles usually may: all but to list Handles and what concerns derived prefixes.
  !> 011111110011 in JSON.
  integer(c_int32_t), parameter :: B2H_MAY_AS_OWNER = 2035

  !> The order of JSON: list_handles first, create_handle last.
  integer(c_int32_t), parameter :: B2H_ORDER_JSON = 0

  !> The order of batch files: create_handle first, list_handles last.
  integer(c_int32_t), parameter :: B2H_ORDER_BATCH = 1

  !> Change the value of a type, or add one where there is none.
  integer(c_int32_t), parameter :: B2H_MODIFY_OR_ADD = 0

  !> Change the value of a type; one that is not there is an error, and nothing is written.
  integer(c_int32_t), parameter :: B2H_MODIFY_ONLY = 1

  !> Add values beside those that are there.
  integer(c_int32_t), parameter :: B2H_ADD_ONLY = 2

  !> The call did what it says.
  integer(c_int32_t), parameter :: B2H_OK = 0

  !> An argument is NULL, not UTF-8, or means nothing.
  integer(c_int32_t), parameter :: B2H_INVALID_ARGUMENT = 1

  !> The text is not a Handle name.
  integer(c_int32_t), parameter :: B2H_INVALID_HANDLE = 2

  !> The server does not accept the value.
  integer(c_int32_t), parameter :: B2H_INVALID_VALUE = 3

  !> The value has more than 1 MiB, which would make the record unreadable. Nothing was sent.
  integer(c_int32_t), parameter :: B2H_VALUE_TOO_LARGE = 4

  !> Refused by the library, to protect the record.
  integer(c_int32_t), parameter :: B2H_NOT_ALLOWED = 5

  !> The library was called from inside one of its own calls.
  integer(c_int32_t), parameter :: B2H_REENTRANT = 6

  !> The thread or the process is ending; now only the free functions work.
  integer(c_int32_t), parameter :: B2H_SHUTTING_DOWN = 7

  !> The credentials file is missing or cannot be read.
  integer(c_int32_t), parameter :: B2H_CONFIG_UNREADABLE = 20

  !> The credentials are not well-formed JSON; the message names line and column.
  integer(c_int32_t), parameter :: B2H_CONFIG_SYNTAX = 21

  !> A key of the credentials is mistyped, missing, or its value cannot be used.
  integer(c_int32_t), parameter :: B2H_CONFIG_INVALID = 22

  !> A key or certificate file is missing, or may not be read or written.
  integer(c_int32_t), parameter :: B2H_KEY_UNREADABLE = 23

  !> The file is not a key, is damaged, or holds a key that Handle servers cannot use.
  integer(c_int32_t), parameter :: B2H_KEY_INVALID = 24

  !> The private key is encrypted, and no passphrase was given.
  integer(c_int32_t), parameter :: B2H_PASSPHRASE_NEEDED = 25

  !> The passphrase is wrong.
  integer(c_int32_t), parameter :: B2H_PASSPHRASE_WRONG = 26

  !> Private key and certificate do not belong together.
  integer(c_int32_t), parameter :: B2H_KEY_MISMATCH = 27

  !> The host name of the server cannot be resolved.
  integer(c_int32_t), parameter :: B2H_NAME_NOT_RESOLVED = 40

  !> Nothing accepts connections at the server's address.
  integer(c_int32_t), parameter :: B2H_UNREACHABLE = 41

  !> The TLS handshake failed, or the port does not speak TLS.
  integer(c_int32_t), parameter :: B2H_TLS_FAILED = 42

  !> The server's certificate is not trusted.
  integer(c_int32_t), parameter :: B2H_TLS_CERTIFICATE = 43

  !> The server's certificate is for another name.
  integer(c_int32_t), parameter :: B2H_TLS_NAME = 44

  !> The deadline passed.
  integer(c_int32_t), parameter :: B2H_TIMED_OUT = 45

  !> The connection broke while request or reply were under way.
  integer(c_int32_t), parameter :: B2H_CONNECTION_LOST = 46

  !> The process is out of descriptors or memory.
  integer(c_int32_t), parameter :: B2H_NO_RESOURCES = 47

  !> The call was ended by its cancel token. A write may have been carried out: see b2h_error_in_doubt().
  integer(c_int32_t), parameter :: B2H_CANCELLED = 48

  !> The server refused the credentials.
  integer(c_int32_t), parameter :: B2H_AUTHENTICATION_FAILED = 60

  !> Credentials are needed, and the client has none.
  integer(c_int32_t), parameter :: B2H_AUTHENTICATION_REQUIRED = 61

  !> The identity is known but lacks the right.
  integer(c_int32_t), parameter :: B2H_PERMISSION_DENIED = 62

  !> Credentials would have to travel over plain HTTP, or the server wants HTTPS.
  integer(c_int32_t), parameter :: B2H_INSECURE_TRANSPORT = 63

  !> The value exists and may be read by nobody.
  integer(c_int32_t), parameter :: B2H_VALUE_HIDDEN = 64

  !> There is no such Handle.
  integer(c_int32_t), parameter :: B2H_HANDLE_NOT_FOUND = 80

  !> The Handle exists already.
  integer(c_int32_t), parameter :: B2H_HANDLE_EXISTS = 81

  !> The Handle has no visible value of the type.
  integer(c_int32_t), parameter :: B2H_VALUE_NOT_FOUND = 82

  !> The value is binary and cannot be given as text.
  integer(c_int32_t), parameter :: B2H_VALUE_IS_BINARY = 83

  !> The record has several values where one was expected, or one that is not what its type says.
  integer(c_int32_t), parameter :: B2H_BROKEN_RECORD = 84

  !> The server cannot decode the record that it holds.
  integer(c_int32_t), parameter :: B2H_UNREADABLE_RECORD = 85

  !> The server does not serve this prefix.
  integer(c_int32_t), parameter :: B2H_PREFIX_NOT_SERVED = 86

  !> Somebody else changes the record at the same time.
  integer(c_int32_t), parameter :: B2H_CONFLICT = 87

  !> What answered is not the REST API of a Handle server.
  integer(c_int32_t), parameter :: B2H_NOT_A_HANDLE_SERVER = 100

  !> The server reports an error of its own.
  integer(c_int32_t), parameter :: B2H_SERVER_ERROR = 101

  !> The server is too busy now.
  integer(c_int32_t), parameter :: B2H_SERVER_BUSY = 102

  !> The server takes no changes now.
  integer(c_int32_t), parameter :: B2H_SERVER_READ_ONLY = 103

  !> The server did not accept the request.
  integer(c_int32_t), parameter :: B2H_REQUEST_REFUSED = 104

  !> The server's reply makes no sense.
  integer(c_int32_t), parameter :: B2H_UNEXPECTED_REPLY = 105

  !> The server's reply, or what was found, is larger than the library accepts.
  integer(c_int32_t), parameter :: B2H_REPLY_TOO_LARGE = 106

  !> There is no reverse lookup at the address.
  integer(c_int32_t), parameter :: B2H_NO_REVERSE_LOOKUP = 107

  !> A bug in the library was caught. The client can still be used and must still be freed.
  integer(c_int32_t), parameter :: B2H_PANIC = 900

  !> The library contradicts itself.
  integer(c_int32_t), parameter :: B2H_INTERNAL = 901
end module b2handle_constants
