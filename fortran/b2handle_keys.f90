! Keys and certificates.
module b2handle_keys
  use, intrinsic :: iso_c_binding, only: c_associated, c_int8_t, c_int32_t, c_null_ptr, c_ptr, c_size_t
  use b2handle_c
  use b2handle_arguments, only: take, take_if_given, wipe
  use b2handle_error, only: b2h_error, call_outcome
  use b2handle_object, only: b2h_object
  use b2handle_text, only: from_c, take_bytes, take_text
  implicit none (type, external)
  private
  public :: b2h_key, b2h_key_save

  !> A private key, a public key or a certificate. Passphrases lose the blanks at their ends unless keep_blanks.
  type, extends(b2h_object) :: b2h_key
  contains
    procedure :: read => read_key
    procedure :: from_bytes
    procedure :: format => key_format
    procedure :: encryption
    procedure :: algorithm
    procedure :: bits
    procedure :: is_private
    procedure :: is_locked
    procedure :: to_handle
    procedure :: to_pem
    procedure :: public => public_key
    procedure :: public_value
    procedure :: fingerprint
    procedure :: certificate
    procedure :: identity
    procedure :: free
    procedure, private :: refuse_copy
    generic :: assignment(=) => refuse_copy
    final :: finish
  end type b2h_key

contains

  !> Reads a key or certificate file. Without its passphrase an encrypted private key stays locked.
  recursive subroutine read_key(self, path, passphrase, keep_blanks, stat, errmsg, error)
    class(b2h_key), intent(inout) :: self
    character(*), intent(in), optional :: path, passphrase
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_path, c_passphrase

    call self%free()
    call take(path, "path", c_path, outcome)
    call take_if_given(passphrase, "passphrase", c_passphrase, outcome, keep_blanks)
    if (outcome%good()) outcome%status = b2h_key_read_(c_path, c_passphrase, self%c, outcome%error)
    call wipe(c_passphrase)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine read_key

  !> Reads the content of a key or certificate file.
  recursive subroutine from_bytes(self, bytes, passphrase, keep_blanks, stat, errmsg, error)
    class(b2h_key), intent(inout) :: self
    integer(c_int8_t), intent(in), contiguous :: bytes(:)
    character(*), intent(in), optional :: passphrase
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_passphrase

    call self%free()
    call take_if_given(passphrase, "passphrase", c_passphrase, outcome, keep_blanks)
    if (outcome%good()) outcome%status = &
      b2h_key_from_bytes_(bytes, size(bytes, kind=c_size_t), c_passphrase, self%c, outcome%error)
    call wipe(c_passphrase)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine from_bytes

  !> What the file was, in English.
  recursive function key_format(self) result(words)
    class(b2h_key), intent(in) :: self
    character(:), allocatable :: words

    words = from_c(b2h_key_format_(self%c))
  end function key_format

  !> How the private key was encrypted in its file; "" if it was not.
  recursive function encryption(self) result(words)
    class(b2h_key), intent(in) :: self
    character(:), allocatable :: words

    words = from_c(b2h_key_encryption_(self%c))
  end function encryption

  !> "RSA" or "DSA"; "" where a locked key does not tell.
  recursive function algorithm(self) result(words)
    class(b2h_key), intent(in) :: self
    character(:), allocatable :: words

    words = from_c(b2h_key_algorithm_(self%c))
  end function algorithm

  !> The length of the key in bits; 0 where a locked key does not tell.
  recursive pure integer function bits(self)
    class(b2h_key), intent(in) :: self

    bits = int(b2h_key_bits_(self%c))
  end function bits

  !> Whether it is a private key, locked or not.
  recursive pure logical function is_private(self)
    class(b2h_key), intent(in) :: self

    is_private = b2h_key_is_private_(self%c) /= 0
  end function is_private

  !> Whether it is an encrypted private key that was read without its passphrase.
  recursive pure logical function is_locked(self)
    class(b2h_key), intent(in) :: self

    is_locked = b2h_key_is_locked_(self%c) /= 0
  end function is_locked

  !> Writes the key in the format of the Handle tools, a private key encrypted where there is a passphrase.
  recursive subroutine to_handle(self, bytes, passphrase, keep_blanks, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    integer(c_int8_t), allocatable, intent(out) :: bytes(:)
    character(*), intent(in), optional :: passphrase
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_passphrase
    type(c_ptr) :: out
    integer(c_size_t) :: length

    call take_if_given(passphrase, "passphrase", c_passphrase, outcome, keep_blanks)
    if (outcome%good()) &
      outcome%status = b2h_key_to_handle_(self%c, c_passphrase, out, length, outcome%error)
    if (outcome%good()) call take_bytes(out, length, bytes)
    call wipe(c_passphrase)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine to_handle

  !> Writes the key in PEM, a private key encrypted where there is a passphrase.
  recursive subroutine to_pem(self, pem, passphrase, keep_blanks, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    character(:), allocatable, intent(out) :: pem
    character(*), intent(in), optional :: passphrase
    logical, intent(in), optional :: keep_blanks
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_passphrase
    type(c_ptr) :: out

    call take_if_given(passphrase, "passphrase", c_passphrase, outcome, keep_blanks)
    if (outcome%good()) outcome%status = b2h_key_to_pem_(self%c, c_passphrase, out, outcome%error)
    if (outcome%good()) call take_text(out, pem)
    call wipe(c_passphrase)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine to_pem

  !> The public half of a private key, or the key of a certificate.
  recursive subroutine public_key(self, key, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    type(b2h_key), intent(inout) :: key
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(c_ptr) :: out

    outcome%status = b2h_key_public_(self%c, out, outcome%error)
    call key%free()
    key%c = out
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine public_key

  !> The data of an HS_PUBKEY value for the key, to be written with add_bytes().
  recursive subroutine public_value(self, bytes, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    integer(c_int8_t), allocatable, intent(out) :: bytes(:)
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(c_ptr) :: out
    integer(c_size_t) :: length

    outcome%status = b2h_key_public_value_(self%c, out, length, outcome%error)
    if (outcome%good()) call take_bytes(out, length, bytes)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine public_value

  !> Which key it is: "sha256:" and 64 hexadecimal digits.
  recursive subroutine fingerprint(self, text, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    character(:), allocatable, intent(out) :: text
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(c_ptr) :: out

    outcome%status = b2h_key_fingerprint_(self%c, out, outcome%error)
    if (outcome%good()) call take_text(out, text)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine fingerprint

  !> Makes a self-signed certificate in PEM for a private key, as Handle servers take it from clients. The identity is
  !> index:prefix/suffix.
  recursive subroutine certificate(self, identity, pem, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    character(*), intent(in), optional :: identity
    character(:), allocatable, intent(out) :: pem
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_identity
    type(c_ptr) :: out

    call take(identity, "identity", c_identity, outcome)
    if (outcome%good()) outcome%status = b2h_key_certificate_(self%c, c_identity, out, outcome%error)
    if (outcome%good()) call take_text(out, pem)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine certificate

  !> Whom a certificate names: index:prefix/suffix.
  recursive subroutine identity(self, text, stat, errmsg, error)
    class(b2h_key), intent(in) :: self
    character(:), allocatable, intent(out) :: text
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    type(c_ptr) :: out

    outcome%status = b2h_key_identity_(self%c, out, outcome%error)
    if (outcome%good()) call take_text(out, text)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine identity

  !> Writes a new file that only its owner may read. A file that exists is never overwritten.
  recursive subroutine b2h_key_save(path, bytes, stat, errmsg, error)
    character(*), intent(in), optional :: path
    integer(c_int8_t), intent(in), contiguous :: bytes(:)
    integer, intent(out), optional :: stat
    character(:), allocatable, intent(inout), optional :: errmsg
    type(b2h_error), intent(out), optional :: error
    type(call_outcome) :: outcome
    character(:), allocatable :: c_path

    call take(path, "path", c_path, outcome)
    if (outcome%good()) outcome%status = &
      b2h_key_save_(c_path, bytes, size(bytes, kind=c_size_t), outcome%error)
    if (present(errmsg)) call outcome%explain(errmsg)
    call outcome%report(stat, error)
  end subroutine b2h_key_save

  recursive subroutine free(self)
    class(b2h_key), intent(inout) :: self

    call b2h_key_free_(self%release("b2h_key"))
  end subroutine free

  recursive impure elemental subroutine finish(self)
    type(b2h_key), intent(inout) :: self

    call self%free()
  end subroutine finish

  recursive impure elemental subroutine refuse_copy(self, other)
    class(b2h_key), intent(inout) :: self
    class(b2h_key), intent(in) :: other

    if (c_associated(other%c)) error stop "libb2handle: a b2h_key cannot be copied"
    call self%settle()
    call self%free()
  end subroutine refuse_copy
end module b2handle_keys
