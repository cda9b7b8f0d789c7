"""Expected answers to each person at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# Questions about rules, and dispensations from them
GET  interpretations                         -  200  200  200  200  200  200  200  200  200  200
GET  interpretations_file                    -  200  200  200  200  200  200  200  200  200  200
GET  dispensations                           -  200  200  200  200  200  200  200  200  200  200
GET  dispensations_file                      -  200  200  200  200  200  200  200  200  200  200
GET  interpretation_new                      -  200  200  200  200  200  200  200  200  200  200
POST interpretation_new                      -  400  400  400  400  400  400  400  400  400  400
GET  dispensation_new                        -  200  200  200  200  200  200  200  200  200  200
POST dispensation_new                        -  400  400  400  400  400  400  400  400  400  400
GET  interpretation                          -  404  200  200  200  200  200  200  404  200  200
GET  interpretation/foreign                  -  404  200  200  200  200  200  200  404  404  200
GET  dispensation                            -  404  200  200  200  200  200  200  404  200  200
GET  dispensation/foreign                    -  404  200  200  200  200  200  200  404  404  200
GET  dispensation/given                      -  404  200  200  200  200  200  200  404  404  200
GET  dispensation_change                     -  404  200  403  403  403  403  403  404  200  403
GET  dispensation_change/foreign             -  404  200  403  403  200  403  403  404  404  403
GET  dispensation_renew                      -  404  200  403  403  200  403  403  404  404  403
GET  dispensation_end                        -  404  200  403  403  200  403  403  404  404  403
GET  ruling_change_rule                      -  404  200  403  403  403  403  403  404  403  403
GET  ruling_change_rule/foreign              -  404  200  403  403  403  403  403  404  404  403
POST dispensation_change                     -  404  400  403  403  403  403  403  404  400  403
POST dispensation_change/foreign             -  404  400  403  403  400  403  403  404  404  403
POST dispensation_renew                      -  404  400  403  403  400  403  403  404  404  403
POST dispensation_end                        -  404  400  403  403  400  403  403  404  404  403
POST ruling_change_rule                      -  404  400  403  403  403  403  403  404  403  403
POST ruling_change_rule/foreign              -  404  400  403  403  403  403  403  404  404  403
# Rulings before the committee
GET  proposal/interpretation                 -  404  200  403  403  403  403  403  404  403  403
POST proposal/interpretation                 -  404  400  403  403  403  403  403  404  403  403
GET  proposal_file/interpretation            -  404  200  200  200  200  200  200  404  200  200
GET  proposal_history/interpretation         -  404  200  200  200  200  200  200  404  200  200
GET  proposal_drop/interpretation            -  404  403  403  403  403  403  403  404  200  403
POST proposal_drop/interpretation            -  404  403  403  403  403  403  403  404  302  403
GET  proposal/dispensation                   -  404  200  403  403  403  403  403  404  403  403
POST proposal/dispensation                   -  404  400  403  403  403  403  403  404  403  403
GET  proposal_file/dispensation              -  404  200  200  200  200  200  200  404  200  200
GET  proposal_history/dispensation           -  404  200  200  200  200  200  200  404  200  200
GET  proposal_drop/dispensation              -  404  403  403  403  403  403  403  404  200  403
POST proposal_drop/dispensation              -  404  403  403  403  403  403  403  404  302  403
GET  proposal_change/interpretation          -  404  200  403  403  403  403  403  404  403  403
POST proposal_change/interpretation          -  404  400  403  403  403  403  403  404  403  403
GET  proposal_change/dispensation            -  404  404  403  403  403  403  403  404  403  403
POST proposal_change/dispensation            -  404  404  403  403  403  403  403  404  403  403
GET  proposal/proposed_dispensation          -  404  200  200  403  403  403  403  404  404  403
POST proposal/proposed_dispensation          -  404  400  403  403  403  403  403  404  404  403
GET  proposal_file/proposed_dispensation     -  404  200  200  200  200  200  200  404  404  200
GET  proposal_history/proposed_dispensation    -  404  200  200  200  200  200  200  404  404  200
GET  proposal_drop/proposed_dispensation     -  404  403  403  403  200  403  403  404  404  403
POST proposal_drop/proposed_dispensation     -  404  403  403  403  400  403  403  404  404  403
GET  proposal_reopen/proposed_dispensation    -  405  405  405  405  405  405  405  405  405  405
POST proposal_reopen/proposed_dispensation    -  404  302  403  403  403  403  403  404  404  403
"""
