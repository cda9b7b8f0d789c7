"""Who gets which answer at which address. Reviewed by hand; a change of a line is a decision.

A dash sends to the sign-in page. 404 is for what one may not know of, 403 for what one may see
and not do, 400 for an empty form of somebody who may, 302 for a deed done, 405 for an address
that takes only the other method. Whoever asks has just proven who they are. "name/variant" is
the same address with another object (access_samples.py). The system owner has no password.
"""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown
# Overview, setup, evidence, settings
GET  overview                                -  200  200  200  200  200  200  200  200  200
GET  setup                                   -  404  302  404  404  404  404  404  404  404
GET  setup_municipality                      -  404  200  404  404  404  404  404  404  404
POST setup_municipality                      -  404  400  404  404  404  404  404  404  404
GET  setup_mandate                           -  404  200  404  404  404  404  404  404  404
POST setup_mandate                           -  404  400  404  404  404  404  404  404  404
GET  setup_seats                             -  404  200  404  404  404  404  404  404  404
POST setup_seats                             -  404  400  404  404  404  404  404  404  404
GET  setup_rhythm                            -  404  200  404  404  404  404  404  404  404
POST setup_rhythm                            -  404  400  404  404  404  404  404  404  404
GET  setup_invitations                       -  404  200  404  404  404  404  404  404  404
POST setup_invitations                       -  404  400  404  404  404  404  404  404  404
GET  setup_end                               -  404  200  404  404  404  404  404  404  404
POST setup_end                               -  404  302  404  404  404  404  404  404  404
GET  evidence                                -  404  200  404  404  404  404  200  404  404
GET  evidence_check                          -  405  405  405  405  405  405  405  405  405
POST evidence_check                          -  404  200  404  404  404  404  200  404  404
GET  evidence_export                         -  405  405  405  405  405  405  405  405  405
POST evidence_export                         -  404  200  404  404  404  404  200  404  404
GET  record                                  -  404  200  404  404  404  404  200  404  404
GET  record_file                             -  404  200  404  404  404  404  200  404  404
GET  settings                                -  200  200  404  404  404  404  404  404  404
POST settings                                -  400  400  404  404  404  404  404  404  404
GET  mail                                    -  200  200  404  404  404  404  404  404  404

# Meetings
GET  meetings                                -  200  200  200  200  200  200  200  200  200
GET  meetings_calendar                       -  200  200  200  200  200  200  200  200  200
GET  meetings_plan                           -  404  200  200  403  403  403  403  404  404
POST meetings_plan                           -  404  400  400  403  403  403  403  404  404
GET  meeting_add                             -  404  200  200  403  403  403  403  404  404
POST meeting_add                             -  404  400  400  403  403  403  403  404  404
GET  meeting                                 -  404  200  200  200  200  200  200  404  404
GET  meeting_edit                            -  404  200  200  403  403  403  403  404  404
POST meeting_edit                            -  404  400  400  403  403  403  403  404  404
GET  meeting_cancellation                    -  404  200  200  403  403  403  403  404  404
POST meeting_cancellation                    -  404  400  400  403  403  403  403  404  404
GET  meeting_calendar                        -  404  200  200  200  200  200  200  404  404
GET  meeting_history                         -  404  200  200  200  200  200  200  404  404
GET  meeting_pack                            -  404  200  200  200  200  200  200  404  404
GET  items_order                             -  405  405  405  405  405  405  405  405  405
POST items_order                             -  404  400  400  403  403  403  403  404  404
GET  item_restore                            -  405  405  405  405  405  405  405  405  405
POST item_restore                            -  404  302  302  403  403  403  403  404  404
GET  item_add                                -  404  200  200  403  403  403  403  404  404
POST item_add                                -  404  400  400  403  403  403  403  404  404
GET  agenda_item                             -  404  200  200  200  200  200  200  404  404
GET  agenda_item/closed                      -  404  200  200  200  200  404  404  404  404
GET  item_edit                               -  404  200  200  403  403  403  403  404  404
POST item_edit                               -  404  400  400  403  403  403  403  404  404
GET  item_edit/closed                        -  404  200  200  403  403  404  404  404  404
POST item_edit/closed                        -  404  400  400  403  403  404  404  404  404
GET  item_removal                            -  404  200  200  403  403  403  403  404  404
POST item_removal                            -  404  302  302  403  403  403  403  404  404
GET  item_removal/closed                     -  404  200  200  403  403  404  404  404  404
POST item_removal/closed                     -  404  302  302  403  403  404  404  404  404
GET  item_position                           -  405  405  405  405  405  405  405  405  405
POST item_position                           -  404  302  302  403  403  403  403  404  404
GET  item_position/closed                    -  405  405  405  405  405  405  405  405  405
POST item_position/closed                    -  404  302  302  403  403  404  404  404  404
GET  attachment                              -  404  200  200  200  200  200  200  404  404
GET  attachment/closed                       -  404  200  200  200  200  404  404  404  404
GET  attachment_removal                      -  404  200  200  403  403  403  403  404  404
POST attachment_removal                      -  404  302  302  403  403  403  403  404  404
GET  attachment_removal/closed               -  404  200  200  403  403  404  404  404  404
POST attachment_removal/closed               -  404  302  302  403  403  404  404  404  404

# Committees and mandates
GET  committees                              -  200  200  200  200  200  200  200  200  200
GET  committee_add                           -  403  200  403  403  403  403  403  403  403
POST committee_add                           -  403  400  403  403  403  403  403  403  403
GET  committee                               -  404  200  200  200  200  200  200  404  404
GET  committee_habits                        -  404  200  200  403  403  403  403  404  404
POST committee_habits                        -  404  400  400  403  403  403  403  404  404
GET  committee_history                       -  404  200  200  200  200  200  200  404  404
GET  seat_history                            -  404  200  200  200  200  200  200  404  404
GET  seat_export                             -  404  200  200  200  200  200  200  404  404
GET  seat_add                                -  404  200  200  403  403  403  403  404  404
POST seat_add                                -  404  400  400  403  403  403  403  404  404
GET  seat_edit                               -  404  200  200  403  403  403  403  404  404
POST seat_edit                               -  404  400  400  403  403  403  403  404  404
GET  seat_end                                -  404  200  200  403  403  403  403  404  404
POST seat_end                                -  404  400  400  403  403  403  403  404  404
GET  seat_take                               -  404  200  200  403  403  403  403  404  404
POST seat_take                               -  404  400  400  403  403  403  403  404  404
GET  seat_leave                              -  404  200  200  403  403  403  403  404  404
POST seat_leave                              -  404  400  400  403  403  403  403  404  404
GET  seat_undo                               -  404  200  200  403  403  403  403  404  404
POST seat_undo                               -  404  302  302  403  403  403  403  404  404
GET  mandates                                -  404  200  200  200  200  200  200  404  404
GET  mandate_read                            -  404  200  200  403  403  403  403  404  404
POST mandate_read                            -  404  400  400  403  403  403  403  404  404
GET  mandate                                 -  200  200  200  200  200  200  200  200  200
GET  mandate/draft                           -  404  200  200  404  404  200  404  404  404
GET  mandate_source                          -  404  404  404  404  404  404  404  404  404
GET  mandate_source/draft                    -  404  200  200  404  404  200  404  404  404
GET  mandate_export                          -  200  200  200  200  200  200  200  200  200
GET  mandate_changes                         -  404  200  200  404  404  200  404  404  404
GET  mandate_edit                            -  403  403  403  403  403  403  403  403  403
POST mandate_edit                            -  403  403  403  403  403  403  403  403  403
GET  mandate_edit/draft                      -  404  200  200  404  404  403  404  404  404
POST mandate_edit/draft                      -  404  400  400  404  404  403  404  404  404
GET  mandate_approval                        -  403  403  403  403  403  403  403  403  403
POST mandate_approval                        -  403  403  403  403  403  403  403  403  403
GET  mandate_approval/draft                  -  404  200  200  404  404  200  404  404  404
POST mandate_approval/draft                  -  404  400  400  404  404  400  404  404  404
GET  mandate_discard                         -  403  403  403  403  403  403  403  403  403
POST mandate_discard                         -  403  403  403  403  403  403  403  403  403
GET  mandate_discard/draft                   -  404  200  200  404  404  403  404  404  404
POST mandate_discard/draft                   -  404  302  302  404  404  403  404  404  404
GET  seats_from_mandate                      -  405  405  405  405  405  405  405  405  405
POST seats_from_mandate                      -  403  302  302  403  403  403  403  403  403

# Sign-in and people
GET  account                                 -  200  200  200  200  200  200  200  200  200
GET  account_login                         200  302  302  302  302  302  302  302  302  302
POST account_login                         400  302  302  302  302  302  302  302  302  302
GET  account_logout                          -  200  200  200  200  200  200  200  200  200
POST account_logout                          -    -    -    -    -    -    -    -    -    -
GET  account_inactive                      200  200  200  200  200  200  200  200  200  200
GET  account_reauthenticate                  -  200  200  200  200  200  200  200  200  403
POST account_reauthenticate                  -  400  400  400  400  400  400  400  400  403
GET  account_change_password                 -  200  200  200  200  200  200  200  200  404
POST account_change_password                 -  400  400  400  400  400  400  400  400  404
GET  account_reset_password                200  200  200  200  200  200  200  200  200  200
POST account_reset_password                400  400  400  400  400  400  400  400  400  400
GET  account_reset_password_done           200  200  200  200  200  200  200  200  200  200
GET  account_reset_password_from_key_done  200  200  200  200  200  200  200  200  200  200
GET  account_reset_password_from_key       410  410  410  410  410  410  410  410  410  410
POST account_reset_password_from_key       410  410  410  410  410  410  410  410  410  410
GET  mfa_index                               -  200  200  200  200  200  200  200  200  200
GET  mfa_authenticate                        -  302  302  302  302  302  302  302  302  302
POST mfa_authenticate                        -  302  302  302  302  302  302  302  302  302
GET  mfa_reauthenticate                      -  302  302  302  302  302  302  302  302  403
POST mfa_reauthenticate                      -  302  302  302  302  302  302  302  302  403
GET  mfa_activate_totp                       -  200  200  200  200  200  200  200  200  200
POST mfa_activate_totp                       -  400  400  400  400  400  400  400  400  400
GET  mfa_totp_qr                             -  404  404  404  404  404  404  404  404  404
GET  mfa_deactivate_totp                     -  404  404  404  404  404  404  404  404  404
POST mfa_deactivate_totp                     -  404  404  404  404  404  404  404  404  404
GET  mfa_view_recovery_codes                 -  404  404  404  404  404  404  404  404  404
GET  mfa_generate_recovery_codes             -  200  200  200  200  200  200  200  200  200
POST mfa_generate_recovery_codes             -  200  200  200  200  200  200  200  200  200
GET  mfa_download_recovery_codes             -  404  404  404  404  404  404  404  404  404
POST mfa_download_recovery_codes             -  404  404  404  404  404  404  404  404  404
GET  mfa_list_webauthn                       -  200  200  200  200  200  200  200  200  200
GET  mfa_add_webauthn                        -  200  200  200  200  200  200  200  200  200
POST mfa_add_webauthn                        -  400  400  400  400  400  400  400  400  400
GET  mfa_login_webauthn                      -  302  302  302  302  302  302  302  302  302
POST mfa_login_webauthn                      -  302  302  302  302  302  302  302  302  302
GET  mfa_reauthenticate_webauthn             -  302  302  302  302  302  302  302  302  403
POST mfa_reauthenticate_webauthn             -  302  302  302  302  302  302  302  302  403
GET  mfa_edit_webauthn                       -  404  404  404  404  404  404  404  404  404
POST mfa_edit_webauthn                       -  404  404  404  404  404  404  404  404  404
GET  mfa_remove_webauthn                     -  404  404  404  404  404  404  404  404  404
POST mfa_remove_webauthn                     -  404  404  404  404  404  404  404  404  404
GET  language                              405  405  405  405  405  405  405  405  405  405
POST language                              302  302  302  302  302  302  302  302  302  302
GET  invitation                            302  302  302  302  302  302  302  302  302  302
POST invitation                            302  302  302  302  302  302  302  302  302  302
GET  people                                  -  200  200  404  404  404  404  200  404  404
GET  people_export                           -  200  200  404  404  404  404  200  404  404
GET  person_add                              -  200  200  404  404  404  404  404  404  404
POST person_add                              -  400  400  404  404  404  404  404  404  404
GET  person                                  -  200  200  404  404  404  404  200  200  404
GET  person_edit                             -  200  200  404  404  404  404  404  404  404
POST person_edit                             -  400  400  404  404  404  404  404  404  404
GET  person_role_add                         -  200  200  404  404  404  404  404  404  404
POST person_role_add                         -  400  400  404  404  404  404  404  404  404
GET  person_role_end                         -  200  200  404  404  404  404  404  404  404
POST person_role_end                         -  400  400  404  404  404  404  404  404  404
GET  person_invitation                       -  405  405  405  405  405  405  405  405  405
POST person_invitation                       -  302  302  404  404  404  404  404  404  404
GET  person_closure                          -  200  200  404  404  404  404  404  404  404
POST person_closure                          -  302  302  404  404  404  404  404  404  404
GET  person_reopening                        -  200  200  404  404  404  404  404  404  404
POST person_reopening                        -  400  400  404  404  404  404  404  404  404
GET  person_second_step_reset                -  200  404  404  404  404  404  404  404  404
POST person_second_step_reset                -  400  404  404  404  404  404  404  404  404
GET  demo_cast                             404  404  404  404  404  404  404  404  404  404
GET  demo_sign_in                          405  405  405  405  405  405  405  405  405  405
POST demo_sign_in                          404  404  404  404  404  404  404  404  404  404

# Machines
GET  health                                200  200  200  200  200  200  200  200  200  200
GET  robots_txt                            200  200  200  200  200  200  200  200  200  200
GET  security_txt                          404  404  404  404  404  404  404  404  404  404
"""
