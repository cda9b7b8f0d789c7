"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Overview, setup, evidence, settings
GET  overview                                -  200  200  200  200  200  200  200  200  200  200
GET  owed_asked                              -  405  405  405  405  405  405  405  405  405  405
POST owed_asked                              -  404  302  404  404  404  404  404  404  404  404
GET  owed_asked_of                           -  405  405  405  405  405  405  405  405  405  405
POST owed_asked_of                           -  404  302  404  404  404  404  404  404  404  404
GET  search                                  -  200  200  200  200  200  200  200  200  200  200
GET  search_suggestions                      -  200  200  200  200  200  200  200  200  200  200
GET  guide                                   -  200  200  200  200  200  200  200  200  200  200
GET  guide_page                              -  200  200  200  200  200  200  200  200  200  200
GET  guide_picture                           -  200  200  200  200  200  200  200  200  200  200
GET  thing_history                           -  404  200  200  200  200  200  200  404  404  404
GET  thing_history/closed                    -  404  200  200  200  200  404  404  404  404  404
GET  thing_history/other                     -  404  404  404  404  404  404  404  404  404  404
GET  thing_past                              -  404  200  200  200  200  200  200  404  404  404
GET  thing_past/closed                       -  404  200  200  200  200  404  404  404  404  404
GET  thing_past/other                        -  404  404  404  404  404  404  404  404  404  404
GET  begin                                   -  404  200  404  404  404  404  404  404  404  404
GET  registers_in_use                        -  404  200  200  200  200  200  200  404  404  200
GET  register_use                            -  404  200  404  404  404  404  404  404  404  404
POST register_use                            -  404  400  404  404  404  404  404  404  404  404
GET  setup                                   -  404  302  404  404  404  404  404  404  404  404
GET  setup_municipality                      -  404  200  404  404  404  404  404  404  404  404
POST setup_municipality                      -  404  400  404  404  404  404  404  404  404  404
GET  setup_mandate                           -  404  200  404  404  404  404  404  404  404  404
POST setup_mandate                           -  404  400  404  404  404  404  404  404  404  404
GET  setup_seats                             -  404  200  404  404  404  404  404  404  404  404
POST setup_seats                             -  404  400  404  404  404  404  404  404  404  404
GET  setup_rhythm                            -  404  200  404  404  404  404  404  404  404  404
POST setup_rhythm                            -  404  400  404  404  404  404  404  404  404  404
GET  setup_dates                             -  404  200  404  404  404  404  404  404  404  404
POST setup_dates                             -  404  400  404  404  404  404  404  404  404  404
GET  setup_wheel                             -  404  200  404  404  404  404  404  404  404  404
POST setup_wheel                             -  404  400  404  404  404  404  404  404  404  404
GET  setup_invitations                       -  404  200  404  404  404  404  404  404  404  404
POST setup_invitations                       -  404  400  404  404  404  404  404  404  404  404
GET  setup_end                               -  404  200  404  404  404  404  404  404  404  404
POST setup_end                               -  404  302  404  404  404  404  404  404  404  404
GET  evidence                                -  404  200  404  404  404  404  200  404  404  404
GET  evidence_check                          -  405  405  405  405  405  405  405  405  405  405
POST evidence_check                          -  404  200  404  404  404  404  200  404  404  404
GET  evidence_export                         -  405  405  405  405  405  405  405  405  405  405
POST evidence_export                         -  404  200  404  404  404  404  200  404  404  404
GET  neighbours_heads                        -  404  200  404  404  404  404  200  404  404  404
GET  personal_data                           -  200  200  200  200  200  200  200  200  200  200
GET  personal_data_of                        -  200  200  404  200  404  404  404  200  404  404
GET  person_erasure                          -  200  200  404  404  404  404  404  404  404  404
POST person_erasure                          -  400  400  404  404  404  404  404  404  404  404
GET  reading_log                             -  200  200  200  200  200  200  200  200  200  200
GET  reading_log_export                      -  200  200  200  200  200  200  200  200  200  200
GET  filing                                  -  404  200  200  404  404  404  404  404  404  404
POST filing                                  -  404  400  400  404  404  404  404  404  404  404
GET  record                                  -  404  200  404  404  404  404  200  404  404  404
GET  record_file                             -  404  200  404  404  404  404  200  404  404  404
GET  record/minutes                          -  404  200  404  404  404  404  404  404  404  404
GET  record_file/minutes                     -  404  200  404  404  404  404  404  404  404  404
GET  record/open                             -  404  200  404  404  404  404  200  404  404  404
GET  record_file/open                        -  404  200  404  404  404  404  200  404  404  404
GET  record/call                             -  404  200  404  404  404  404  404  404  404  404
GET  record_file/call                        -  404  200  404  404  404  404  404  404  404  404
GET  record/addendum                         -  404  200  404  404  404  404  404  404  404  404
GET  record_file/addendum                    -  404  200  404  404  404  404  404  404  404  404
GET  record/chair                            -  404  200  404  404  404  404  200  404  404  404
GET  record_file/chair                       -  404  200  404  404  404  404  200  404  404  404
GET  record/chair_closed                     -  404  200  404  404  404  404  404  404  404  404
GET  record_file/chair_closed                -  404  200  404  404  404  404  404  404  404  404
GET  settings                                -  200  200  404  404  404  404  404  404  404  404
POST settings                                -  400  400  404  404  404  404  404  404  404  404
GET  mail                                    -  200  200  404  404  404  404  404  404  404  404
GET  mail_trial                              -  405  405  405  405  405  405  405  405  405  405
POST mail_trial                              -  302  302  404  404  404  404  404  404  404  404
GET  word_templates                           -  200  200  404  404  404  404  404  404  404  404
POST word_templates                           -  400  400  404  404  404  404  404  404  404  404
GET  word_template                            -  200  200  404  404  404  404  404  404  404  404
GET  word_template_trial                      -  200  200  404  404  404  404  404  404  404  404
GET  word_template_starter                    -  200  200  404  404  404  404  404  404  404  404
GET  word_template_end                        -  405  405  405  405  405  405  405  405  405  405
POST word_template_end                        -  302  302  404  404  404  404  404  404  404  404

# The call and what comes after it
GET  meeting_call                            -  404  200  200  403  403  403  403  404  404  404
POST meeting_call                            -  404  302  302  403  403  403  403  404  404  404
GET  meeting_call/called                     -  404  400  400  403  403  403  403  404  404  404
POST meeting_call/called                     -  404  400  400  403  403  403  403  404  404  404
GET  meeting_changes                         -  404  200  200  200  200  200  200  404  404  404
GET  meeting_registers                       -  404  200  200  200  200  200  200  404  404  404
GET  meeting_registers/called                -  404  200  200  200  200  200  200  404  404  404
GET  meeting_changes/called                  -  404  200  200  200  200  200  200  404  404  404
GET  meeting_composing                       -  404  200  200  403  403  403  403  404  404  404
POST meeting_composing                       -  404  302  302  403  403  403  403  404  404  404
GET  meeting_composing/called                -  404  400  400  403  403  403  403  404  404  404
POST meeting_composing/called                -  404  400  400  403  403  403  403  404  404  404
GET  meeting_preview                         -  404  200  200  403  403  403  403  404  404  404
GET  meeting_preview/called                  -  404  400  400  403  403  403  403  404  404  404
GET  item_draft                              -  405  405  405  405  405  405  405  405  405  405
POST item_draft                              -  404  400  400  403  403  403  403  404  404  404
POST item_draft/closed                       -  404  400  400  403  403  404  404  404  404  404

# Holding a meeting
GET  meeting_end                             -  404  200  200  403  403  403  403  404  404  404
POST meeting_end                             -  404  400  400  403  403  403  403  404  404  404

# Minutes
GET  minutes_approval                        -  404  403  200  403  403  403  403  404  404  404
POST minutes_approval                        -  404  403  400  403  403  403  403  404  404  404
GET  minutes_approval/held                   -  404  404  404  404  404  404  404  404  404  404
GET  minutes_approval/review                 -  404  403  200  403  403  403  403  404  404  404
POST minutes_approval/review                 -  404  403  400  403  403  403  403  404  404  404

# Decisions
GET  decision                                -  404  200  200  200  200  200  200  404  404  404
GET  decision/closed                         -  404  200  200  200  200  404  404  404  404  404
GET  chair_decision_add                      -  404  403  200  403  403  403  403  404  404  404
POST chair_decision_add                      -  404  403  400  403  403  403  403  404  404  404
"""
