! The C functions of libb2handle, each under its name with an underscore after it. They are described in
! b2handle.h; module b2handle is made of them, and nicer.
!
! Text that goes in ends with c_null_char. Objects, and texts that come out, are C pointers. An argument that
! is optional here may be NULL in C.
!
! This file is generated from include/b2handle.h: do not edit it.
module b2handle_c
  use, intrinsic :: iso_c_binding, only: c_char, c_funptr, c_int8_t, c_int32_t, c_int64_t, c_null_ptr, &
    c_ptr, c_size_t
  use b2handle_constants
  implicit none (type, external)
  public
  private :: c_char, c_funptr, c_int8_t, c_int32_t, c_int64_t, c_null_ptr, c_ptr, c_size_t

  !> Its struct_size is c_sizeof() of it, and the caller sets it.
  type, bind(c) :: b2h_stats
    integer(c_size_t) :: struct_size = 0
    integer(c_int64_t) :: requests = 0
    integer(c_int64_t) :: retries = 0
    integer(c_int64_t) :: connections = 0
    integer(c_int64_t) :: reconnects = 0
    integer(c_int64_t) :: bytes_sent = 0
    integer(c_int64_t) :: bytes_received = 0
    integer(c_int64_t) :: logins = 0
    integer(c_int64_t) :: doubts = 0
  end type b2h_stats

  !> Its struct_size is c_sizeof() of it, and the caller sets it.
  type, bind(c) :: b2h_call_options
    integer(c_size_t) :: struct_size = 0
    integer(c_int32_t) :: timeout_ms = 0
    integer(c_int32_t) :: connect_timeout_ms = 0
    integer(c_int32_t) :: flags = 0
    integer(c_int32_t) :: reserved = 0
    type(c_ptr) :: cancel = c_null_ptr
  end type b2h_call_options

  interface

    pure function b2h_version_() bind(c, name="b2h_version") result(returned)
      import
      type(c_ptr) :: returned
    end function b2h_version_

    pure function b2h_version_number_() bind(c, name="b2h_version_number") result(returned)
      import
      integer(c_int32_t) :: returned
    end function b2h_version_number_

    pure function b2h_status_str_(status) bind(c, name="b2h_status_str") result(returned)
      import
      integer(c_int32_t), value :: status
      type(c_ptr) :: returned
    end function b2h_status_str_

    pure function b2h_error_message_(error) bind(c, name="b2h_error_message") result(returned)
      import
      type(c_ptr), value :: error
      type(c_ptr) :: returned
    end function b2h_error_message_

    pure function b2h_error_status_(error) bind(c, name="b2h_error_status") result(returned)
      import
      type(c_ptr), value :: error
      integer(c_int32_t) :: returned
    end function b2h_error_status_

    pure function b2h_error_http_status_(error) bind(c, name="b2h_error_http_status") result(returned)
      import
      type(c_ptr), value :: error
      integer(c_int32_t) :: returned
    end function b2h_error_http_status_

    pure function b2h_error_response_code_(error) bind(c, name="b2h_error_response_code") result(returned)
      import
      type(c_ptr), value :: error
      integer(c_int32_t) :: returned
    end function b2h_error_response_code_

    pure function b2h_error_operation_(error) bind(c, name="b2h_error_operation") result(returned)
      import
      type(c_ptr), value :: error
      type(c_ptr) :: returned
    end function b2h_error_operation_

    pure function b2h_error_handle_(error) bind(c, name="b2h_error_handle") result(returned)
      import
      type(c_ptr), value :: error
      type(c_ptr) :: returned
    end function b2h_error_handle_

    pure function b2h_error_retryable_(error) bind(c, name="b2h_error_retryable") result(returned)
      import
      type(c_ptr), value :: error
      integer(c_int32_t) :: returned
    end function b2h_error_retryable_

    pure function b2h_error_in_doubt_(error) bind(c, name="b2h_error_in_doubt") result(returned)
      import
      type(c_ptr), value :: error
      integer(c_int32_t) :: returned
    end function b2h_error_in_doubt_

    subroutine b2h_error_free_(error) bind(c, name="b2h_error_free")
      import
      type(c_ptr), value :: error
    end subroutine b2h_error_free_

    subroutine b2h_string_free_(string) bind(c, name="b2h_string_free")
      import
      type(c_ptr), value :: string
    end subroutine b2h_string_free_

    subroutine b2h_bytes_free_(bytes) bind(c, name="b2h_bytes_free")
      import
      type(c_ptr), value :: bytes
    end subroutine b2h_bytes_free_

    function b2h_cancel_new_(out, err) bind(c, name="b2h_cancel_new") result(returned)
      import
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_cancel_new_

    subroutine b2h_cancel_trigger_(token) bind(c, name="b2h_cancel_trigger")
      import
      type(c_ptr), value :: token
    end subroutine b2h_cancel_trigger_

    function b2h_cancel_is_triggered_(token) bind(c, name="b2h_cancel_is_triggered") result(returned)
      import
      type(c_ptr), value :: token
      integer(c_int32_t) :: returned
    end function b2h_cancel_is_triggered_

    subroutine b2h_cancel_free_(token) bind(c, name="b2h_cancel_free")
      import
      type(c_ptr), value :: token
    end subroutine b2h_cancel_free_

    function b2h_client_from_json_(path, out, err) bind(c, name="b2h_client_from_json") result(returned)
      import
      character(kind=c_char), intent(in) :: path(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_client_from_json_

    function b2h_client_from_json_text_(json, out, err) bind(c, name="b2h_client_from_json_text") &
        result(returned)
      import
      character(kind=c_char), intent(in) :: json(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_client_from_json_text_

    function b2h_client_setting_(client, key, out, err) bind(c, name="b2h_client_setting") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: key(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_client_setting_

    subroutine b2h_client_free_(client) bind(c, name="b2h_client_free")
      import
      type(c_ptr), value :: client
    end subroutine b2h_client_free_

    function b2h_client_stats_(client, stats, err) bind(c, name="b2h_client_stats") result(returned)
      import
      type(c_ptr), value :: client
      type(b2h_stats), intent(inout) :: stats
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_client_stats_

    function b2h_config_new_(out, err) bind(c, name="b2h_config_new") result(returned)
      import
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_config_new_

    function b2h_config_load_(config, path, err) bind(c, name="b2h_config_load") result(returned)
      import
      type(c_ptr), value :: config
      character(kind=c_char), intent(in) :: path(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_config_load_

    function b2h_config_set_(config, key, value, err) bind(c, name="b2h_config_set") result(returned)
      import
      type(c_ptr), value :: config
      character(kind=c_char), intent(in) :: key(*)
      character(kind=c_char), intent(in) :: value(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_config_set_

    function b2h_config_ask_passphrase_(config, callback, user_data, err) &
        bind(c, name="b2h_config_ask_passphrase") result(returned)
      import
      type(c_ptr), value :: config
      type(c_funptr), value :: callback
      type(c_ptr), value :: user_data
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_config_ask_passphrase_

    subroutine b2h_config_free_(config) bind(c, name="b2h_config_free")
      import
      type(c_ptr), value :: config
    end subroutine b2h_config_free_

    function b2h_client_new_(config, out, err) bind(c, name="b2h_client_new") result(returned)
      import
      type(c_ptr), value :: config
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_client_new_

    function b2h_config_set_log_(config, level, callback, user_data, err) bind(c, name="b2h_config_set_log") &
        result(returned)
      import
      type(c_ptr), value :: config
      integer(c_int32_t), value :: level
      type(c_funptr), value :: callback
      type(c_ptr), value :: user_data
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_config_set_log_

    function b2h_server_key_from_site_(config, options, out, err) bind(c, name="b2h_server_key_from_site") &
        result(returned)
      import
      type(c_ptr), value :: config
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_server_key_from_site_

    function b2h_server_key_from_prefix_(config, prefix, resolver, options, out, err) &
        bind(c, name="b2h_server_key_from_prefix") result(returned)
      import
      type(c_ptr), value :: config
      character(kind=c_char), intent(in), optional :: prefix(*)
      type(c_ptr), value :: resolver
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_server_key_from_prefix_

    function b2h_client_check_(client, options, out, err) bind(c, name="b2h_client_check") result(returned)
      import
      type(c_ptr), value :: client
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_client_check_

    pure function b2h_check_count_(check) bind(c, name="b2h_check_count") result(returned)
      import
      type(c_ptr), value :: check
      integer(c_size_t) :: returned
    end function b2h_check_count_

    pure function b2h_check_subject_(check, nth) bind(c, name="b2h_check_subject") result(returned)
      import
      type(c_ptr), value :: check
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_check_subject_

    pure function b2h_check_verdict_(check, nth) bind(c, name="b2h_check_verdict") result(returned)
      import
      type(c_ptr), value :: check
      integer(c_size_t), value :: nth
      integer(c_int32_t) :: returned
    end function b2h_check_verdict_

    pure function b2h_check_message_(check, nth) bind(c, name="b2h_check_message") result(returned)
      import
      type(c_ptr), value :: check
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_check_message_

    subroutine b2h_check_free_(check) bind(c, name="b2h_check_free")
      import
      type(c_ptr), value :: check
    end subroutine b2h_check_free_

    subroutine b2h_record_free_(record) bind(c, name="b2h_record_free")
      import
      type(c_ptr), value :: record
    end subroutine b2h_record_free_

    pure function b2h_record_handle_(record) bind(c, name="b2h_record_handle") result(returned)
      import
      type(c_ptr), value :: record
      type(c_ptr) :: returned
    end function b2h_record_handle_

    pure function b2h_record_json_(record) bind(c, name="b2h_record_json") result(returned)
      import
      type(c_ptr), value :: record
      type(c_ptr) :: returned
    end function b2h_record_json_

    pure function b2h_record_count_(record) bind(c, name="b2h_record_count") result(returned)
      import
      type(c_ptr), value :: record
      integer(c_size_t) :: returned
    end function b2h_record_count_

    pure function b2h_record_value_(record, place) bind(c, name="b2h_record_value") result(returned)
      import
      type(c_ptr), value :: record
      integer(c_size_t), value :: place
      type(c_ptr) :: returned
    end function b2h_record_value_

    pure function b2h_record_value_at_(record, index) bind(c, name="b2h_record_value_at") result(returned)
      import
      type(c_ptr), value :: record
      integer(c_int32_t), value :: index
      type(c_ptr) :: returned
    end function b2h_record_value_at_

    pure function b2h_record_find_(record, type, nth) bind(c, name="b2h_record_find") result(returned)
      import
      type(c_ptr), value :: record
      character(kind=c_char), intent(in), optional :: type(*)
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_record_find_

    pure function b2h_value_index_(value) bind(c, name="b2h_value_index") result(returned)
      import
      type(c_ptr), value :: value
      integer(c_int32_t) :: returned
    end function b2h_value_index_

    pure function b2h_value_type_(value) bind(c, name="b2h_value_type") result(returned)
      import
      type(c_ptr), value :: value
      type(c_ptr) :: returned
    end function b2h_value_type_

    pure function b2h_value_text_(value) bind(c, name="b2h_value_text") result(returned)
      import
      type(c_ptr), value :: value
      type(c_ptr) :: returned
    end function b2h_value_text_

    function b2h_value_bytes_(value, out_length) bind(c, name="b2h_value_bytes") result(returned)
      import
      type(c_ptr), value :: value
      integer(c_size_t), intent(out), optional :: out_length
      type(c_ptr) :: returned
    end function b2h_value_bytes_

    pure function b2h_value_format_(value) bind(c, name="b2h_value_format") result(returned)
      import
      type(c_ptr), value :: value
      type(c_ptr) :: returned
    end function b2h_value_format_

    pure function b2h_value_ttl_(value) bind(c, name="b2h_value_ttl") result(returned)
      import
      type(c_ptr), value :: value
      integer(c_int64_t) :: returned
    end function b2h_value_ttl_

    pure function b2h_value_ttl_is_absolute_(value) bind(c, name="b2h_value_ttl_is_absolute") result(returned)
      import
      type(c_ptr), value :: value
      integer(c_int32_t) :: returned
    end function b2h_value_ttl_is_absolute_

    pure function b2h_value_timestamp_(value) bind(c, name="b2h_value_timestamp") result(returned)
      import
      type(c_ptr), value :: value
      integer(c_int64_t) :: returned
    end function b2h_value_timestamp_

    pure function b2h_value_permissions_(value) bind(c, name="b2h_value_permissions") result(returned)
      import
      type(c_ptr), value :: value
      type(c_ptr) :: returned
    end function b2h_value_permissions_

    pure function b2h_value_reference_count_(value) bind(c, name="b2h_value_reference_count") result(returned)
      import
      type(c_ptr), value :: value
      integer(c_size_t) :: returned
    end function b2h_value_reference_count_

    pure function b2h_value_reference_handle_(value, nth) bind(c, name="b2h_value_reference_handle") &
        result(returned)
      import
      type(c_ptr), value :: value
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_value_reference_handle_

    pure function b2h_value_reference_index_(value, nth) bind(c, name="b2h_value_reference_index") &
        result(returned)
      import
      type(c_ptr), value :: value
      integer(c_size_t), value :: nth
      integer(c_int32_t) :: returned
    end function b2h_value_reference_index_

    subroutine b2h_results_free_(results) bind(c, name="b2h_results_free")
      import
      type(c_ptr), value :: results
    end subroutine b2h_results_free_

    pure function b2h_results_count_(results) bind(c, name="b2h_results_count") result(returned)
      import
      type(c_ptr), value :: results
      integer(c_size_t) :: returned
    end function b2h_results_count_

    pure function b2h_results_failures_(results) bind(c, name="b2h_results_failures") result(returned)
      import
      type(c_ptr), value :: results
      integer(c_size_t) :: returned
    end function b2h_results_failures_

    pure function b2h_results_status_(results, place) bind(c, name="b2h_results_status") result(returned)
      import
      type(c_ptr), value :: results
      integer(c_size_t), value :: place
      integer(c_int32_t) :: returned
    end function b2h_results_status_

    pure function b2h_results_record_(results, place) bind(c, name="b2h_results_record") result(returned)
      import
      type(c_ptr), value :: results
      integer(c_size_t), value :: place
      type(c_ptr) :: returned
    end function b2h_results_record_

    pure function b2h_results_error_(results, place) bind(c, name="b2h_results_error") result(returned)
      import
      type(c_ptr), value :: results
      integer(c_size_t), value :: place
      type(c_ptr) :: returned
    end function b2h_results_error_

    pure function b2h_handles_count_(handles) bind(c, name="b2h_handles_count") result(returned)
      import
      type(c_ptr), value :: handles
      integer(c_size_t) :: returned
    end function b2h_handles_count_

    pure function b2h_handles_name_(handles, nth) bind(c, name="b2h_handles_name") result(returned)
      import
      type(c_ptr), value :: handles
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_handles_name_

    pure function b2h_handles_record_(handles, nth) bind(c, name="b2h_handles_record") result(returned)
      import
      type(c_ptr), value :: handles
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_handles_record_

    subroutine b2h_handles_free_(handles) bind(c, name="b2h_handles_free")
      import
      type(c_ptr), value :: handles
    end subroutine b2h_handles_free_

    function b2h_values_new_(out, err) bind(c, name="b2h_values_new") result(returned)
      import
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_new_

    subroutine b2h_values_free_(values) bind(c, name="b2h_values_free")
      import
      type(c_ptr), value :: values
    end subroutine b2h_values_free_

    pure function b2h_values_count_(values) bind(c, name="b2h_values_count") result(returned)
      import
      type(c_ptr), value :: values
      integer(c_size_t) :: returned
    end function b2h_values_count_

    function b2h_values_add_text_(values, index, type, text, err) bind(c, name="b2h_values_add_text") &
        result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int32_t), value :: index
      character(kind=c_char), intent(in) :: type(*)
      character(kind=c_char), intent(in) :: text(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_text_

    function b2h_values_add_bytes_(values, index, type, bytes, length, err) &
        bind(c, name="b2h_values_add_bytes") result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int32_t), value :: index
      character(kind=c_char), intent(in) :: type(*)
      integer(c_int8_t), intent(in), optional :: bytes(*)
      integer(c_size_t), value :: length
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_bytes_

    function b2h_values_add_admin_(values, index, owner, permissions, err) bind(c, name="b2h_values_add_admin") &
        result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int32_t), value :: index
      character(kind=c_char), intent(in) :: owner(*)
      character(kind=c_char), intent(in) :: permissions(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_admin_

    function b2h_values_add_vlist_(values, index, members, member_count, err) &
        bind(c, name="b2h_values_add_vlist") result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int32_t), value :: index
      type(c_ptr), intent(in), optional :: members(*)
      integer(c_size_t), value :: member_count
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_vlist_

    function b2h_values_add_locations_(values, urls, url_count, attribute_names, attribute_values, &
        attribute_count, err) bind(c, name="b2h_values_add_locations") result(returned)
      import
      type(c_ptr), value :: values
      type(c_ptr), intent(in), optional :: urls(*)
      integer(c_size_t), value :: url_count
      type(c_ptr), intent(in), optional :: attribute_names(*)
      type(c_ptr), intent(in), optional :: attribute_values(*)
      integer(c_size_t), value :: attribute_count
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_locations_

    function b2h_values_add_structured_(values, index, type, format, json, err) &
        bind(c, name="b2h_values_add_structured") result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int32_t), value :: index
      character(kind=c_char), intent(in) :: type(*)
      character(kind=c_char), intent(in) :: format(*)
      character(kind=c_char), intent(in) :: json(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_structured_

    function b2h_values_add_json_(values, json, err) bind(c, name="b2h_values_add_json") result(returned)
      import
      type(c_ptr), value :: values
      character(kind=c_char), intent(in) :: json(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_add_json_

    function b2h_values_set_ttl_(values, seconds, err) bind(c, name="b2h_values_set_ttl") result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int64_t), value :: seconds
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_set_ttl_

    function b2h_values_set_ttl_absolute_(values, time, err) bind(c, name="b2h_values_set_ttl_absolute") &
        result(returned)
      import
      type(c_ptr), value :: values
      integer(c_int64_t), value :: time
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_set_ttl_absolute_

    function b2h_values_set_permissions_(values, permissions, err) bind(c, name="b2h_values_set_permissions") &
        result(returned)
      import
      type(c_ptr), value :: values
      character(kind=c_char), intent(in) :: permissions(*)
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_values_set_permissions_

    pure function b2h_locations_count_(locations) bind(c, name="b2h_locations_count") result(returned)
      import
      type(c_ptr), value :: locations
      integer(c_size_t) :: returned
    end function b2h_locations_count_

    pure function b2h_locations_chooseby_(locations) bind(c, name="b2h_locations_chooseby") result(returned)
      import
      type(c_ptr), value :: locations
      type(c_ptr) :: returned
    end function b2h_locations_chooseby_

    pure function b2h_locations_url_(locations, nth) bind(c, name="b2h_locations_url") result(returned)
      import
      type(c_ptr), value :: locations
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_locations_url_

    pure function b2h_locations_attribute_(locations, nth, name) bind(c, name="b2h_locations_attribute") &
        result(returned)
      import
      type(c_ptr), value :: locations
      integer(c_size_t), value :: nth
      character(kind=c_char), intent(in), optional :: name(*)
      type(c_ptr) :: returned
    end function b2h_locations_attribute_

    pure function b2h_locations_attribute_count_(locations, nth) bind(c, name="b2h_locations_attribute_count") &
        result(returned)
      import
      type(c_ptr), value :: locations
      integer(c_size_t), value :: nth
      integer(c_size_t) :: returned
    end function b2h_locations_attribute_count_

    pure function b2h_locations_attribute_name_(locations, nth, place) &
        bind(c, name="b2h_locations_attribute_name") result(returned)
      import
      type(c_ptr), value :: locations
      integer(c_size_t), value :: nth
      integer(c_size_t), value :: place
      type(c_ptr) :: returned
    end function b2h_locations_attribute_name_

    pure function b2h_locations_attribute_value_(locations, nth, place) &
        bind(c, name="b2h_locations_attribute_value") result(returned)
      import
      type(c_ptr), value :: locations
      integer(c_size_t), value :: nth
      integer(c_size_t), value :: place
      type(c_ptr) :: returned
    end function b2h_locations_attribute_value_

    subroutine b2h_locations_free_(locations) bind(c, name="b2h_locations_free")
      import
      type(c_ptr), value :: locations
    end subroutine b2h_locations_free_

    function b2h_permissions_format_(permissions, order, out, err) bind(c, name="b2h_permissions_format") &
        result(returned)
      import
      integer(c_int32_t), value :: permissions
      integer(c_int32_t), value :: order
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_permissions_format_

    function b2h_permissions_parse_(permissions, order, out, err) bind(c, name="b2h_permissions_parse") &
        result(returned)
      import
      character(kind=c_char), intent(in) :: permissions(*)
      integer(c_int32_t), value :: order
      integer(c_int32_t), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_permissions_parse_

    function b2h_profile_built_in_(name, out, err) bind(c, name="b2h_profile_built_in") result(returned)
      import
      character(kind=c_char), intent(in) :: name(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_profile_built_in_

    function b2h_profile_load_(path, out, err) bind(c, name="b2h_profile_load") result(returned)
      import
      character(kind=c_char), intent(in) :: path(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_profile_load_

    pure function b2h_profile_name_(profile) bind(c, name="b2h_profile_name") result(returned)
      import
      type(c_ptr), value :: profile
      type(c_ptr) :: returned
    end function b2h_profile_name_

    pure function b2h_profile_description_(profile) bind(c, name="b2h_profile_description") result(returned)
      import
      type(c_ptr), value :: profile
      type(c_ptr) :: returned
    end function b2h_profile_description_

    pure function b2h_profile_count_(profile) bind(c, name="b2h_profile_count") result(returned)
      import
      type(c_ptr), value :: profile
      integer(c_size_t) :: returned
    end function b2h_profile_count_

    pure function b2h_profile_placeholder_(profile, nth) bind(c, name="b2h_profile_placeholder") &
        result(returned)
      import
      type(c_ptr), value :: profile
      integer(c_size_t), value :: nth
      type(c_ptr) :: returned
    end function b2h_profile_placeholder_

    pure function b2h_profile_is_mandatory_(profile, nth) bind(c, name="b2h_profile_is_mandatory") &
        result(returned)
      import
      type(c_ptr), value :: profile
      integer(c_size_t), value :: nth
      integer(c_int32_t) :: returned
    end function b2h_profile_is_mandatory_

    function b2h_profile_fill_(profile, names, values, count, out, err) bind(c, name="b2h_profile_fill") &
        result(returned)
      import
      type(c_ptr), value :: profile
      type(c_ptr), intent(in) :: names(*)
      type(c_ptr), intent(in) :: values(*)
      integer(c_size_t), value :: count
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_profile_fill_

    subroutine b2h_profile_free_(profile) bind(c, name="b2h_profile_free")
      import
      type(c_ptr), value :: profile
    end subroutine b2h_profile_free_

    function b2h_generate_name_(prefix, out, err) bind(c, name="b2h_generate_name") result(returned)
      import
      character(kind=c_char), intent(in) :: prefix(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_generate_name_

    function b2h_name_from_text_(prefix, name_space, text, version, out, err) &
        bind(c, name="b2h_name_from_text") result(returned)
      import
      character(kind=c_char), intent(in) :: prefix(*)
      character(kind=c_char), intent(in) :: name_space(*)
      character(kind=c_char), intent(in) :: text(*)
      integer(c_int32_t), value :: version
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_name_from_text_

    function b2h_name_parse_(text, out, out_prefix, out_suffix, out_index, err) bind(c, name="b2h_name_parse") &
        result(returned)
      import
      character(kind=c_char), intent(in) :: text(*)
      type(c_ptr), intent(out), optional :: out
      type(c_ptr), intent(out), optional :: out_prefix
      type(c_ptr), intent(out), optional :: out_suffix
      integer(c_int32_t), intent(out), optional :: out_index
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_name_parse_

    pure function b2h_name_equal_(first, second) bind(c, name="b2h_name_equal") result(returned)
      import
      character(kind=c_char), intent(in), optional :: first(*)
      character(kind=c_char), intent(in), optional :: second(*)
      integer(c_int32_t) :: returned
    end function b2h_name_equal_

    function b2h_name_to_url_(handle, resolver, out, err) bind(c, name="b2h_name_to_url") result(returned)
      import
      character(kind=c_char), intent(in) :: handle(*)
      character(kind=c_char), intent(in), optional :: resolver(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_name_to_url_

    function b2h_key_read_(path, passphrase, out, err) bind(c, name="b2h_key_read") result(returned)
      import
      character(kind=c_char), intent(in) :: path(*)
      character(kind=c_char), intent(in), optional :: passphrase(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_read_

    function b2h_key_from_bytes_(bytes, length, passphrase, out, err) bind(c, name="b2h_key_from_bytes") &
        result(returned)
      import
      integer(c_int8_t), intent(in) :: bytes(*)
      integer(c_size_t), value :: length
      character(kind=c_char), intent(in), optional :: passphrase(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_from_bytes_

    subroutine b2h_key_free_(key) bind(c, name="b2h_key_free")
      import
      type(c_ptr), value :: key
    end subroutine b2h_key_free_

    pure function b2h_key_format_(key) bind(c, name="b2h_key_format") result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr) :: returned
    end function b2h_key_format_

    pure function b2h_key_encryption_(key) bind(c, name="b2h_key_encryption") result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr) :: returned
    end function b2h_key_encryption_

    pure function b2h_key_algorithm_(key) bind(c, name="b2h_key_algorithm") result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr) :: returned
    end function b2h_key_algorithm_

    pure function b2h_key_bits_(key) bind(c, name="b2h_key_bits") result(returned)
      import
      type(c_ptr), value :: key
      integer(c_int32_t) :: returned
    end function b2h_key_bits_

    pure function b2h_key_is_private_(key) bind(c, name="b2h_key_is_private") result(returned)
      import
      type(c_ptr), value :: key
      integer(c_int32_t) :: returned
    end function b2h_key_is_private_

    pure function b2h_key_is_locked_(key) bind(c, name="b2h_key_is_locked") result(returned)
      import
      type(c_ptr), value :: key
      integer(c_int32_t) :: returned
    end function b2h_key_is_locked_

    function b2h_key_to_handle_(key, passphrase, out, out_length, err) bind(c, name="b2h_key_to_handle") &
        result(returned)
      import
      type(c_ptr), value :: key
      character(kind=c_char), intent(in), optional :: passphrase(*)
      type(c_ptr), intent(out) :: out
      integer(c_size_t), intent(out) :: out_length
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_to_handle_

    function b2h_key_to_pem_(key, passphrase, out, err) bind(c, name="b2h_key_to_pem") result(returned)
      import
      type(c_ptr), value :: key
      character(kind=c_char), intent(in), optional :: passphrase(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_to_pem_

    function b2h_key_public_(key, out, err) bind(c, name="b2h_key_public") result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_public_

    function b2h_key_public_value_(key, out, out_length, err) bind(c, name="b2h_key_public_value") &
        result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr), intent(out) :: out
      integer(c_size_t), intent(out) :: out_length
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_public_value_

    function b2h_key_fingerprint_(key, out, err) bind(c, name="b2h_key_fingerprint") result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_fingerprint_

    function b2h_key_certificate_(key, identity, out, err) bind(c, name="b2h_key_certificate") result(returned)
      import
      type(c_ptr), value :: key
      character(kind=c_char), intent(in) :: identity(*)
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_certificate_

    function b2h_key_identity_(key, out, err) bind(c, name="b2h_key_identity") result(returned)
      import
      type(c_ptr), value :: key
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_identity_

    function b2h_key_save_(path, bytes, length, err) bind(c, name="b2h_key_save") result(returned)
      import
      character(kind=c_char), intent(in) :: path(*)
      integer(c_int8_t), intent(in) :: bytes(*)
      integer(c_size_t), value :: length
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_key_save_

    function b2h_register_handle_(client, handle, url, options, out_handle, err) &
        bind(c, name="b2h_register_handle") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      character(kind=c_char), intent(in) :: url(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: out_handle
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_register_handle_

    function b2h_register_values_(client, handle, values, options, out_handle, err) &
        bind(c, name="b2h_register_values") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), value :: values
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: out_handle
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_register_values_

    function b2h_generate_and_register_(client, prefix, values, options, out_handle, err) &
        bind(c, name="b2h_generate_and_register") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: prefix(*)
      type(c_ptr), value :: values
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out_handle
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_generate_and_register_

    function b2h_mint_handle_(client, start, values, options, out_handle, err) bind(c, name="b2h_mint_handle") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: start(*)
      type(c_ptr), value :: values
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out_handle
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_mint_handle_

    function b2h_get_value_(client, handle, type, options, out, err) bind(c, name="b2h_get_value") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      character(kind=c_char), intent(in) :: type(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_get_value_

    function b2h_get_record_(client, handle, options, out, err) bind(c, name="b2h_get_record") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_get_record_

    function b2h_get_values_(client, handle, types, type_count, indexes, index_count, options, out, err) &
        bind(c, name="b2h_get_values") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), intent(in), optional :: types(*)
      integer(c_size_t), value :: type_count
      integer(c_int32_t), intent(in), optional :: indexes(*)
      integer(c_size_t), value :: index_count
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_get_values_

    function b2h_handle_exists_(client, handle, options, out, err) bind(c, name="b2h_handle_exists") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(b2h_call_options), intent(in), optional :: options
      integer(c_int32_t), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_handle_exists_

    function b2h_get_records_(client, handles, count, concurrency, options, out, err) &
        bind(c, name="b2h_get_records") result(returned)
      import
      type(c_ptr), value :: client
      type(c_ptr), intent(in) :: handles(*)
      integer(c_size_t), value :: count
      integer(c_int32_t), value :: concurrency
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_get_records_

    function b2h_modify_value_(client, handle, type, value, options, err) bind(c, name="b2h_modify_value") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      character(kind=c_char), intent(in) :: type(*)
      character(kind=c_char), intent(in) :: value(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_modify_value_

    function b2h_modify_values_(client, handle, values, change, options, err) bind(c, name="b2h_modify_values") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), value :: values
      integer(c_int32_t), value :: change
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_modify_values_

    function b2h_put_values_(client, handle, values, options, err) bind(c, name="b2h_put_values") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), value :: values
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_put_values_

    function b2h_add_to_vlist_(client, handle, index, member, options, err) bind(c, name="b2h_add_to_vlist") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      integer(c_int32_t), value :: index
      character(kind=c_char), intent(in) :: member(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_add_to_vlist_

    function b2h_remove_from_vlist_(client, handle, index, member, options, err) &
        bind(c, name="b2h_remove_from_vlist") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      integer(c_int32_t), value :: index
      character(kind=c_char), intent(in) :: member(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_remove_from_vlist_

    function b2h_get_locations_(client, handle, options, out, err) bind(c, name="b2h_get_locations") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_get_locations_

    function b2h_has_location_(client, handle, url, options, out, err) bind(c, name="b2h_has_location") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      character(kind=c_char), intent(in) :: url(*)
      type(b2h_call_options), intent(in), optional :: options
      integer(c_int32_t), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_has_location_

    function b2h_add_locations_(client, handle, urls, url_count, attribute_names, attribute_values, &
        attribute_count, options, err) bind(c, name="b2h_add_locations") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), intent(in), optional :: urls(*)
      integer(c_size_t), value :: url_count
      type(c_ptr), intent(in), optional :: attribute_names(*)
      type(c_ptr), intent(in), optional :: attribute_values(*)
      integer(c_size_t), value :: attribute_count
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_add_locations_

    function b2h_exchange_location_(client, handle, old_url, new_url, options, err) &
        bind(c, name="b2h_exchange_location") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      character(kind=c_char), intent(in) :: old_url(*)
      character(kind=c_char), intent(in) :: new_url(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_exchange_location_

    function b2h_remove_locations_(client, handle, urls, url_count, options, out_count, err) &
        bind(c, name="b2h_remove_locations") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), intent(in), optional :: urls(*)
      integer(c_size_t), value :: url_count
      type(b2h_call_options), intent(in), optional :: options
      integer(c_size_t), intent(out), optional :: out_count
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_remove_locations_

    function b2h_delete_handle_(client, handle, options, err) bind(c, name="b2h_delete_handle") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_delete_handle_

    function b2h_delete_values_(client, handle, types, type_count, options, out_count, err) &
        bind(c, name="b2h_delete_values") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      type(c_ptr), intent(in), optional :: types(*)
      integer(c_size_t), value :: type_count
      type(b2h_call_options), intent(in), optional :: options
      integer(c_size_t), intent(out), optional :: out_count
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_delete_values_

    function b2h_delete_values_at_(client, handle, indexes, index_count, options, out_count, err) &
        bind(c, name="b2h_delete_values_at") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: handle(*)
      integer(c_int32_t), intent(in), optional :: indexes(*)
      integer(c_size_t), value :: index_count
      type(b2h_call_options), intent(in), optional :: options
      integer(c_size_t), intent(out), optional :: out_count
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_delete_values_at_

    function b2h_search_handles_(client, types, texts, term_count, prefix, limit, options, out, err) &
        bind(c, name="b2h_search_handles") result(returned)
      import
      type(c_ptr), value :: client
      type(c_ptr), intent(in) :: types(*)
      type(c_ptr), intent(in) :: texts(*)
      integer(c_size_t), value :: term_count
      character(kind=c_char), intent(in), optional :: prefix(*)
      integer(c_size_t), value :: limit
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_search_handles_

    function b2h_search_open_(client, types, texts, term_count, prefix, page_size, options, out, err) &
        bind(c, name="b2h_search_open") result(returned)
      import
      type(c_ptr), value :: client
      type(c_ptr), intent(in) :: types(*)
      type(c_ptr), intent(in) :: texts(*)
      integer(c_size_t), value :: term_count
      character(kind=c_char), intent(in), optional :: prefix(*)
      integer(c_size_t), value :: page_size
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_search_open_

    function b2h_list_handles_(client, prefix, limit, options, out, err) bind(c, name="b2h_list_handles") &
        result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: prefix(*)
      integer(c_size_t), value :: limit
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_list_handles_

    function b2h_list_open_(client, prefix, page_size, out, err) bind(c, name="b2h_list_open") result(returned)
      import
      type(c_ptr), value :: client
      character(kind=c_char), intent(in) :: prefix(*)
      integer(c_size_t), value :: page_size
      type(c_ptr), intent(out) :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_list_open_

    function b2h_cursor_next_(client, cursor, options, out, err) bind(c, name="b2h_cursor_next") &
        result(returned)
      import
      type(c_ptr), value :: client
      type(c_ptr), value :: cursor
      type(b2h_call_options), intent(in), optional :: options
      type(c_ptr), intent(out), optional :: out
      type(c_ptr), intent(out), optional :: err
      integer(c_int32_t) :: returned
    end function b2h_cursor_next_

    subroutine b2h_cursor_free_(cursor) bind(c, name="b2h_cursor_free")
      import
      type(c_ptr), value :: cursor
    end subroutine b2h_cursor_free_
  end interface
end module b2handle_c
