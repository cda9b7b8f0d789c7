"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Statuses of quarters
GET  statuses                                -  404  200  200  200  200  200  200  404  404  200
GET  status_new                              -  405  405  405  405  405  405  405  405  405  405
POST status_new                              -  403  400  403  403  403  403  403  403  403  403
GET  status                                  -  404  200  200  200  200  200  200  404  404  404
GET  status/proposed                         -  404  200  200  200  200  200  200  404  404  404
GET  status/draft                            -  404  200  404  404  404  404  404  404  404  404

# What is done with statuses, reports and year's reports alike
GET  told_edit                               -  404  200  404  404  404  404  404  404  404  404
POST told_edit                               -  404  302  404  404  404  404  404  404  404  404
GET  told_edit/approved                      -  404  400  403  403  403  403  403  404  404  404
POST told_edit/approved                      -  404  400  403  403  403  403  403  404  404  404
GET  told_recompose                          -  405  405  405  405  405  405  405  405  405  405
POST told_recompose                          -  404  302  404  404  404  404  404  404  404  404
POST told_recompose/approved                 -  404  400  403  403  403  403  403  404  404  404
GET  told_close                              -  404  200  404  404  404  404  404  404  404  404
POST told_close                              -  404  400  404  404  404  404  404  404  404  404
GET  told_close/approved                     -  404  400  403  403  403  403  403  404  404  404
POST told_close/approved                     -  404  400  403  403  403  403  403  404  404  404
GET  told_take_back                          -  404  200  404  404  404  404  404  404  404  404
POST told_take_back                          -  404  400  404  404  404  404  404  404  404  404
GET  told_take_back/approved                 -  404  400  403  403  403  403  403  404  404  404
POST told_take_back/approved                 -  404  400  403  403  403  403  403  404  404  404
GET  told_edited                             -  404  200  200  200  200  200  200  404  404  404
GET  told_edited/draft                       -  404  404  404  404  404  404  404  404  404  404
GET  told_file                               -  404  200  200  200  200  200  200  404  404  404
GET  told_file/data                          -  404  200  200  200  200  200  200  404  404  404
GET  told_file/draft                         -  404  200  404  404  404  404  404  404  404  404
GET  told_edit/board                         -  404  200  404  404  404  404  404  404  404  404
POST told_edit/board                         -  404  302  404  404  404  404  404  404  404  404
GET  told_edit/board_approved                -  404  400  403  403  403  403  403  404  404  404
POST told_edit/board_approved                -  404  400  403  403  403  403  403  404  404  404
GET  told_recompose/board                    -  405  405  405  405  405  405  405  405  405  405
POST told_recompose/board                    -  404  302  404  404  404  404  404  404  404  404
POST told_recompose/board_approved           -  404  400  403  403  403  403  403  404  404  404
GET  told_file/board                         -  404  200  200  200  200  200  200  404  404  404
GET  told_file/board_draft                   -  404  200  404  404  404  404  404  404  404  404

# Statuses before the committee
GET  proposal/status                         -  404  200  404  404  404  404  404  404  404  404
POST proposal/status                         -  404  400  404  404  404  404  404  404  404  404
GET  proposal/proposed_status                -  404  200  200  403  403  403  403  404  404  404
POST proposal/proposed_status                -  404  400  403  403  403  403  403  404  404  404
GET  proposal_file/status                    -  404  200  404  404  404  404  404  404  404  404
GET  proposal_file/proposed_status           -  404  200  200  200  200  200  200  404  404  404
GET  proposal_history/status                 -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/proposed_status        -  404  200  200  200  200  200  200  404  404  404
GET  proposal_drop/status                    -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/status                    -  404  302  404  404  404  404  404  404  404  404
GET  proposal_drop/proposed_status           -  404  200  403  403  403  403  403  404  404  404
POST proposal_drop/proposed_status           -  404  400  403  403  403  403  403  404  404  404
GET  proposal_reopen/proposed_status         -  405  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_status         -  404  302  403  403  403  403  403  404  404  404

# Reports to the executive board
GET  board_reports                           -  404  200  200  200  200  200  200  404  404  200
GET  board_report_new                        -  405  405  405  405  405  405  405  405  405  405
POST board_report_new                        -  403  400  403  403  403  403  403  403  403  403
GET  board_report                            -  404  200  200  200  200  200  200  404  404  404
GET  board_report/draft                      -  404  200  404  404  404  404  404  404  404  404
GET  board_report_send                       -  405  405  405  405  405  405  405  405  405  405
POST board_report_send                       -  404  400  403  403  403  403  403  404  404  404
POST board_report_send/ready                 -  404  302  403  403  403  403  403  404  404  404
GET  board_requests                          -  404  200  404  404  404  404  404  404  404  404
POST board_requests                          -  404  400  404  404  404  404  404  404  404  404
GET  board_note_new                          -  404  200  403  403  403  403  403  404  404  404
POST board_note_new                          -  404  400  403  403  403  403  403  404  404  404
GET  board_note_new/sent                     -  404  200  403  403  403  403  403  404  404  404
POST board_note_new/sent                     -  404  400  403  403  403  403  403  404  404  404
GET  board_note_correct                      -  404  200  403  403  403  403  403  404  404  404
POST board_note_correct                      -  404  400  403  403  403  403  403  404  404  404

# The executive board's own page
GET  executive_reports                       -  404  404  404  404  404  200  404  404  404  404
GET  report_to_executive                     -  404  404  404  404  404  200  404  404  404  404
GET  report_to_executive/unsent              -  404  404  404  404  404  404  404  404  404  404
GET  executive_receipt                       -  405  405  405  405  405  405  405  405  405  405
POST executive_receipt                       -  404  404  404  404  404  302  404  404  404  404
GET  executive_answer                        -  405  405  405  405  405  405  405  405  405  405
POST executive_answer                        -  404  404  404  404  404  400  404  404  404  404
GET  executive_comment                       -  405  405  405  405  405  405  405  405  405  405
POST executive_comment                       -  404  404  404  404  404  400  404  404  404  404

# Reports before the committee
GET  proposal/board_report                   -  404  200  404  404  404  404  404  404  404  404
POST proposal/board_report                   -  404  400  404  404  404  404  404  404  404  404
GET  proposal/proposed_board_report          -  404  200  200  403  403  403  403  404  404  404
POST proposal/proposed_board_report          -  404  400  403  403  403  403  403  404  404  404
GET  proposal_file/board_report              -  404  200  404  404  404  404  404  404  404  404
GET  proposal_file/proposed_board_report     -  404  200  200  200  200  200  200  404  404  404
GET  proposal_history/board_report           -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/proposed_board_report  -  404  200  200  200  200  200  200  404  404  404
GET  proposal_drop/board_report              -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/board_report              -  404  302  404  404  404  404  404  404  404  404
GET  proposal_drop/proposed_board_report     -  404  200  403  403  403  403  403  404  404  404
POST proposal_drop/proposed_board_report     -  404  400  403  403  403  403  403  404  404  404
GET  proposal_reopen/proposed_board_report   -  405  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_board_report   -  404  302  403  403  403  403  403  404  404  404

# Year's reports
GET  reviews                                 -  404  200  200  200  200  200  200  404  404  200
GET  review_new                              -  405  405  405  405  405  405  405  405  405  405
POST review_new                              -  403  400  403  403  403  403  403  403  403  403
GET  review                                  -  404  200  200  200  200  200  200  404  404  404
GET  review/draft                            -  404  200  404  404  404  404  404  404  404  404
GET  proposal/review                         -  404  200  404  404  404  404  404  404  404  404
POST proposal/review                         -  404  400  404  404  404  404  404  404  404  404
GET  proposal/proposed_review                -  404  200  200  403  403  403  403  404  404  404
POST proposal/proposed_review                -  404  400  403  403  403  403  403  404  404  404
GET  proposal_file/review                    -  404  200  404  404  404  404  404  404  404  404
GET  proposal_file/proposed_review           -  404  200  200  200  200  200  200  404  404  404
GET  proposal_history/review                 -  404  200  404  404  404  404  404  404  404  404
GET  proposal_history/proposed_review        -  404  200  200  200  200  200  200  404  404  404
GET  proposal_drop/review                    -  404  200  404  404  404  404  404  404  404  404
POST proposal_drop/review                    -  404  302  404  404  404  404  404  404  404  404
GET  proposal_drop/proposed_review           -  404  200  403  403  403  403  403  404  404  404
POST proposal_drop/proposed_review           -  404  400  403  403  403  403  403  404  404  404
GET  proposal_reopen/proposed_review         -  405  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_review         -  404  302  403  403  403  403  403  404  404  404
"""
