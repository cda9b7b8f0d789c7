"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Documents
GET  policies                                -  200  200  200  200  200  200  200  200  200  200
GET  policies_file                           -  200  200  200  200  200  200  200  200  200  200
GET  policies_tree                           -  200  200  200  200  200  200  200  200  200  200
GET  policy_new                              -  403  200  403  403  403  403  403  403  403  403
POST policy_new                              -  403  400  403  403  403  403  403  403  403  403
GET  policy                                  -  200  200  200  200  200  200  200  200  200  200
GET  policy/foreign                          -  404  200  200  200  200  200  200  404  404  200
GET  policy_edit                             -  403  200  403  403  403  403  403  403  403  403
POST policy_edit                             -  403  400  403  403  403  403  403  403  403  403
GET  policy_retire                           -  403  200  403  403  403  403  403  403  403  403
POST policy_retire                           -  403  400  403  403  403  403  403  403  403  403
GET  policy_history                          -  404  200  404  404  404  404  404  404  200  404
GET  policy_levels                           -  403  200  403  403  403  403  403  403  403  403
GET  policy_level                            -  403  200  403  403  403  403  403  403  403  403
POST policy_level                            -  403  400  403  403  403  403  403  403  403  403
GET  policy_version_new                      -  405  405  405  405  405  405  405  405  405  405
POST policy_version_new                      -  404  302  403  403  403  403  403  404  302  403

# Versions
GET  policy_version                          -  404  200  404  404  404  404  404  404  200  404
GET  policy_version/in_force                 -  200  200  200  200  200  200  200  200  200  200
GET  policy_version/foreign                  -  404  200  200  200  200  200  200  404  404  200
GET  policy_version/recommended              -  404  200  200  200  200  200  200  404  404  200
GET  policy_version_edit                     -  404  200  404  404  404  404  404  404  200  404
POST policy_version_edit                     -  404  400  404  404  404  404  404  404  400  404
GET  policy_version_edit/in_force            -  403  400  403  403  403  403  403  403  400  403
POST policy_version_edit/in_force            -  403  400  403  403  403  403  403  403  400  403
GET  policy_version_ask                      -  404  200  404  404  404  404  404  404  200  404
POST policy_version_ask                      -  404  400  404  404  404  404  404  404  400  404
GET  policy_version_comment                  -  404  200  200  200  200  200  200  404  404  200
POST policy_version_comment                  -  404  400  400  400  400  400  400  404  404  400
GET  policy_version_read                     -  405  405  405  405  405  405  405  405  405  405
POST policy_version_read                     -  404  403  403  403  302  403  403  404  404  403
GET  policy_comment_answer                   -  404  200  403  403  200  403  403  404  404  403
POST policy_comment_answer                   -  404  400  403  403  400  403  403  404  404  403
GET  policy_version_upper                    -  404  404  404  404  404  404  404  404  403  404
POST policy_version_upper                    -  404  400  404  404  404  404  404  404  403  404
GET  policy_version_upper/recommended        -  404  200  403  403  403  403  403  404  404  403
POST policy_version_upper/recommended        -  404  400  403  403  403  403  403  404  404  403
GET  policy_version_lay                      -  405  405  405  405  405  405  405  405  405  405
POST policy_version_lay                      -  404  302  404  404  404  404  404  404  302  404
POST policy_version_lay/foreign              -  404  400  403  403  400  403  403  404  404  403
GET  policy_version_instead                  -  404  200  404  404  404  404  404  404  403  404
POST policy_version_instead                  -  404  400  404  404  404  404  404  404  403  404
GET  policy_version_approve                  -  404  403  403  403  403  403  403  404  200  403
POST policy_version_approve                  -  404  403  403  403  403  403  403  404  400  403
GET  policy_version_approve/in_force         -  403  403  403  403  403  403  403  403  403  403
POST policy_version_approve/in_force         -  403  403  403  403  403  403  403  403  403  403
GET  policy_version_file                     -  200  200  200  200  200  200  200  200  200  200
GET  policy_version_file/foreign             -  404  200  200  200  200  200  200  404  404  200
GET  policy_version_handover                 -  403  200  403  403  403  403  403  403  403  403
GET  policy_version_handover/draft           -  404  404  404  404  404  404  404  404  403  404
GET  policy_upper_file                       -  200  200  200  200  200  200  200  200  200  200

# Versions before the committee
GET  proposal_change/policy                  -  404  404  404  404  404  404  404  404  404  404
POST proposal_change/policy                  -  404  404  404  404  404  404  404  404  404  404
GET  proposal/policy                         -  404  200  404  404  404  404  404  404  403  404
POST proposal/policy                         -  404  400  404  404  404  404  404  404  403  404
GET  proposal/proposed_policy                -  404  200  200  403  403  403  403  404  404  403
POST proposal/proposed_policy                -  404  400  403  403  403  403  403  404  404  403
GET  proposal_file/policy                    -  404  200  404  404  404  404  404  404  200  404
GET  proposal_file/proposed_policy           -  404  200  200  200  200  200  200  404  404  200
GET  proposal_history/policy                 -  404  200  404  404  404  404  404  404  200  404
GET  proposal_history/proposed_policy        -  404  200  200  200  200  200  200  404  404  200
GET  proposal_drop/policy                    -  404  200  404  404  404  404  404  404  200  404
POST proposal_drop/policy                    -  404  302  404  404  404  404  404  404  302  404
GET  proposal_drop/proposed_policy           -  404  200  403  403  200  403  403  404  404  403
POST proposal_drop/proposed_policy           -  404  400  403  403  400  403  403  404  404  403
GET  proposal_reopen/proposed_policy         -  405  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_policy         -  404  302  403  403  302  403  403  404  404  403
"""
