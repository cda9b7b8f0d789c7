"""The answer each person gets at this room's addresses (see config/tests/visiting.py)."""

TABLE = """
#                                         anon  adm coor  chr  dpo  mem exec  aud empl sown nghb
# The year wheel
GET  occurrence/own                          -  404  200  200  200  200  200  200  404  200  404
GET  occurrence/foreign                      -  404  200  200  200  200  200  200  404  404  404

# The registers: the list, the systems, data sets and archives, areas and settings
GET  assets                                  -  200  200  200  200  200  200  200  200  200  200
GET  assets_file                             -  200  200  200  200  200  200  200  200  200  200
GET  assets_json                             -  200  200  200  200  200  200  200  200  200  200
GET  saved_list_new                          -  200  200  200  200  200  200  200  200  200  200
POST saved_list_new                          -  400  400  400  400  400  400  400  400  400  400
GET  saved_list_remove                       -  405  405  405  405  405  405  405  405  405  405
POST saved_list_remove                       -  404  302  404  404  404  404  404  404  404  404
GET  asset_new                               -  404  200  403  403  403  403  403  404  404  403
POST asset_new                               -  404  400  403  403  403  403  403  404  404  403
GET  asset                                   -  404  200  200  200  200  200  200  404  200  200
GET  asset/foreign                           -  404  200  200  200  200  200  200  404  404  200
GET  asset_change                            -  404  200  403  403  403  403  403  404  200  403
POST asset_change                            -  404  400  403  403  403  403  403  404  400  403
GET  asset_change/foreign                    -  404  200  403  403  403  403  403  404  404  403
POST asset_change/foreign                    -  404  400  403  403  403  403  403  404  404  403
GET  asset_change_group                      -  404  200  403  403  403  403  403  404  200  403
POST asset_change_group                      -  404  400  403  403  403  403  403  404  400  403
GET  asset_change_group/foreign              -  404  200  403  403  403  403  403  404  404  403
POST asset_change_group/foreign              -  404  400  403  403  403  403  403  404  404  403
GET  asset_change_field                      -  404  200  403  403  403  403  403  404  200  403
POST asset_change_field                      -  404  400  403  403  403  403  403  404  400  403
GET  asset_change_field/foreign              -  404  200  403  403  403  403  403  404  404  403
POST asset_change_field/foreign              -  404  400  403  403  403  403  403  404  404  403
GET  relation_new                            -  404  200  403  403  403  403  403  404  200  403
POST relation_new                            -  404  400  403  403  403  403  403  404  400  403
GET  relation_new/foreign                    -  404  200  403  403  403  403  403  404  404  403
POST relation_new/foreign                    -  404  400  403  403  403  403  403  404  404  403
GET  asset_end                               -  404  200  403  403  403  403  403  404  403  403
POST asset_end                               -  404  400  403  403  403  403  403  404  403  403
GET  asset_end/foreign                       -  404  200  403  403  403  403  403  404  404  403
POST asset_end/foreign                       -  404  400  403  403  403  403  403  404  404  403
GET  asset_history                           -  404  200  200  200  200  200  200  404  200  200
GET  asset_history/foreign                   -  404  200  200  200  200  200  200  404  404  200
GET  asset_map                               -  404  200  200  200  200  200  200  404  200  200
GET  asset_map/foreign                       -  404  200  200  200  200  200  200  404  404  200
GET  relation_end                            -  404  200  403  403  403  403  403  404  404  403
POST relation_end                            -  404  302  403  403  403  403  403  404  404  403
GET  areas                                   -  404  200  404  404  404  404  404  404  404  404
GET  area_new                                -  404  200  404  404  404  404  404  404  404  404
POST area_new                                -  404  400  404  404  404  404  404  404  404  404
GET  area_change                             -  404  200  404  404  404  404  404  404  404  404
POST area_change                             -  404  400  404  404  404  404  404  404  404  404
GET  register_settings                       -  404  200  404  404  404  404  404  404  404  404
POST register_settings                       -  404  400  404  404  404  404  404  404  404  404
GET  area_close                              -  404  200  404  404  404  404  404  404  404  404
POST area_close                              -  404  302  404  404  404  404  404  404  404  404

# The registers: owners, and how complete they are
GET  owners                                  -  404  200  200  200  200  200  200  404  404  200
GET  owners_file                             -  404  200  200  200  200  200  200  404  404  200
GET  completeness                            -  404  200  200  200  200  200  200  404  404  200
GET  completeness_file                       -  404  200  200  200  200  200  200  404  404  200
GET  waivers                                 -  404  200  200  200  200  200  200  404  404  200
GET  hand_over                               -  404  400  403  403  403  403  403  404  404  403
POST hand_over                               -  404  400  403  403  403  403  403  404  404  403
GET  owner_appoint                           -  404  200  403  403  403  403  403  404  403  403
POST owner_appoint                           -  404  400  403  403  403  403  403  404  403  403
GET  owner_appoint/foreign                   -  404  200  403  403  403  403  403  404  404  403
POST owner_appoint/foreign                   -  404  400  403  403  403  403  403  404  404  403
GET  owner_release                           -  404  200  403  403  403  403  403  404  403  403
POST owner_release                           -  404  400  403  403  403  403  403  404  403  403
GET  owner_release/foreign                   -  404  200  403  403  403  403  403  404  404  403
POST owner_release/foreign                   -  404  400  403  403  403  403  403  404  404  403

# The registers: documents that are demanded
GET  demands                                 -  404  200  200  200  200  200  200  404  404  200
GET  demands_file                            -  404  200  200  200  200  200  200  404  404  200
GET  demands_history                         -  404  200  200  200  200  200  200  404  404  200
GET  demands_change                          -  404  200  403  403  403  403  403  404  404  403
POST demands_change                          -  404  400  403  403  403  403  403  404  404  403
GET  document_type_new                       -  404  200  403  403  403  403  403  404  404  403
POST document_type_new                       -  404  400  403  403  403  403  403  404  404  403
GET  document_type_change                    -  404  200  403  403  403  403  403  404  404  403
POST document_type_change                    -  404  400  403  403  403  403  403  404  404  403
GET  document_type_retire                    -  404  200  403  403  403  403  403  404  404  403
POST document_type_retire                    -  404  302  403  403  403  403  403  404  404  403
GET  document_type_restore                   -  405  405  405  405  405  405  405  405  405  405
POST document_type_restore                   -  404  302  403  403  403  403  403  404  404  403
GET  document_choose                         -  404  200  403  403  403  403  403  404  200  403
GET  document_choose/foreign                 -  404  200  403  403  403  403  403  404  404  403
GET  document_add                            -  404  200  403  403  403  403  403  404  200  403
POST document_add                            -  404  400  403  403  403  403  403  404  400  403
GET  document_add/foreign                    -  404  200  403  403  403  403  403  404  404  403
POST document_add/foreign                    -  404  400  403  403  403  403  403  404  404  403
GET  waive                                   -  404  200  403  403  403  403  403  404  403  403
POST waive                                   -  404  400  403  403  403  403  403  404  403  403
GET  waive/foreign                           -  404  200  403  403  403  403  403  404  404  403
POST waive/foreign                           -  404  400  403  403  403  403  403  404  404  403
GET  unwaive                                 -  405  405  405  405  405  405  405  405  405  405
POST unwaive                                 -  404  302  403  403  403  403  403  404  403  403
GET  unwaive/foreign                         -  405  405  405  405  405  405  405  405  405  405
POST unwaive/foreign                         -  404  302  403  403  403  403  403  404  404  403
GET  asset_document                          -  404  200  200  200  200  200  200  404  200  200
GET  asset_document/foreign                  -  404  200  200  200  200  200  200  404  404  200
GET  document_remove                         -  404  200  403  403  403  403  403  404  200  403
POST document_remove                         -  404  302  403  403  403  403  403  404  302  403
GET  document_remove/foreign                 -  404  200  403  403  403  403  403  404  404  403
POST document_remove/foreign                 -  404  302  403  403  403  403  403  404  404  403

# The registers: attestation by the owners
GET  attestation                             -  200  200  200  200  200  200  200  200  200  200
POST attestation                             -  404  404  404  404  404  404  404  404  302  404
GET  attestation_answer                      -  405  405  405  405  405  405  405  405  405  405
POST attestation_answer                      -  404  404  404  404  404  404  404  404  400  404
GET  attestation_answer/foreign              -  405  405  405  405  405  405  405  405  405  405
POST attestation_answer/foreign              -  404  404  404  404  404  404  404  404  404  404
GET  attestation_receipt                     -  302  302  302  302  302  302  302  302  302  302
GET  attestation_rounds                      -  404  200  200  200  200  200  200  404  404  200
GET  attestation_open                        -  404  302  403  403  403  403  403  404  404  403
POST attestation_open                        -  404  302  403  403  403  403  403  404  404  403
GET  attestation_round                       -  404  200  200  200  200  200  200  404  404  200
GET  attestation_round/closed                -  404  200  200  200  200  200  200  404  404  200
GET  attestation_file                        -  404  200  200  200  200  200  200  404  404  200
GET  attestation_record                      -  404  200  200  200  200  200  200  404  404  200
GET  attestation_change                      -  404  200  403  403  403  403  403  404  404  403
POST attestation_change                      -  404  400  403  403  403  403  403  404  404  403
GET  attestation_close                       -  404  200  403  403  403  403  403  404  404  403
POST attestation_close                       -  404  400  403  403  403  403  403  404  404  403
GET  statement_settle                        -  404  200  403  403  403  403  403  404  404  403
POST statement_settle                        -  404  400  403  403  403  403  403  404  404  403
GET  attestation_ask                         -  405  405  405  405  405  405  405  405  405  405
POST attestation_ask                         -  404  302  403  403  403  403  403  404  404  403
GET  attestation_remind                      -  405  405  405  405  405  405  405  405  405  405
POST attestation_remind                      -  404  302  403  403  403  403  403  404  404  403
GET  record/attestation                      -  404  200  404  404  404  404  200  404  404  404
GET  record_file/attestation                 -  404  200  404  404  404  404  200  404  404  404

# The registers: suppliers, agreements and oversight
GET  suppliers                               -  200  200  200  200  200  200  200  200  200  200
GET  suppliers_file                          -  200  200  200  200  200  200  200  200  200  200
GET  supplier_new                            -  404  200  404  404  404  404  404  404  404  404
POST supplier_new                            -  404  400  404  404  404  404  404  404  404  404
GET  supplier                                -  404  200  200  200  200  200  200  404  200  200
GET  supplier/foreign                        -  404  200  200  200  200  200  200  404  404  200
GET  supplier_change                         -  404  200  403  403  403  403  403  404  403  403
POST supplier_change                         -  404  400  403  403  403  403  403  404  403  403
GET  supplier_change/foreign                 -  404  200  403  403  403  403  403  404  404  403
POST supplier_change/foreign                 -  404  400  403  403  403  403  403  404  404  403
GET  supplier_close                          -  404  200  403  403  403  403  403  404  404  403
POST supplier_close                          -  404  302  403  403  403  403  403  404  404  403
GET  supplier_reopen                         -  405  405  405  405  405  405  405  405  405  405
POST supplier_reopen                         -  404  302  403  403  403  403  403  404  404  403
GET  agreement_new                           -  404  200  403  403  403  403  403  404  403  403
POST agreement_new                           -  404  400  403  403  403  403  403  404  403  403
GET  agreement_new/foreign                   -  404  200  403  403  403  403  403  404  404  403
POST agreement_new/foreign                   -  404  400  403  403  403  403  403  404  404  403
GET  agreement                               -  404  200  200  200  200  200  200  404  200  200
GET  agreement_file                          -  404  200  200  200  200  200  200  404  200  200
GET  agreement/foreign                       -  404  200  200  200  200  200  200  404  404  200
GET  agreement_file/foreign                  -  404  200  200  200  200  200  200  404  404  200
GET  agreement_change                        -  404  200  403  403  403  403  403  404  403  403
POST agreement_change                        -  404  400  403  403  403  403  403  404  403  403
GET  agreement_change/foreign                -  404  200  403  403  403  403  403  404  404  403
POST agreement_change/foreign                -  404  400  403  403  403  403  403  404  404  403
GET  agreement_end                           -  404  200  403  403  403  403  403  404  403  403
POST agreement_end                           -  404  400  403  403  403  403  403  404  403  403
GET  agreement_end/foreign                   -  404  200  403  403  403  403  403  404  404  403
POST agreement_end/foreign                   -  404  400  403  403  403  403  403  404  404  403
GET  oversight_new                           -  404  200  403  403  403  403  403  404  403  403
POST oversight_new                           -  404  400  403  403  403  403  403  404  403  403
GET  oversight_new/foreign                   -  404  200  403  403  403  403  403  404  404  403
POST oversight_new/foreign                   -  404  400  403  403  403  403  403  404  404  403
GET  oversight_file                          -  404  200  200  200  200  200  200  404  200  200
GET  oversight_file/foreign                  -  404  200  200  200  200  200  200  404  404  200

# The registers: many rows changed at once
GET  bulk_new                                -  403  400  403  403  403  403  403  403  400  403
POST bulk_new                                -  403  400  403  403  403  403  403  403  400  403
GET  bulk_change                             -  404  200  404  404  404  404  200  404  404  404
GET  bulk_change/own                         -  404  200  404  404  404  404  200  404  200  404
GET  bulk_undo                               -  405  405  405  405  405  405  405  405  405  405
POST bulk_undo                               -  404  302  404  404  404  404  403  404  404  404
POST bulk_undo/own                           -  404  302  404  404  404  404  403  404  302  404

# The registers: imports
GET  imports                                  -  404  200  404  404  404  404  200  404  404  404
GET  import_new                               -  404  200  404  404  404  404  403  404  404  404
POST import_new                               -  404  400  404  404  404  404  403  404  404  404
GET  import_template                          -  404  200  404  404  404  404  403  404  404  404
GET  import_page                              -  404  200  404  404  404  404  200  404  404  404
GET  import_page/done                         -  404  200  404  404  404  404  200  404  404  404
GET  import_progress                          -  404  200  404  404  404  404  200  404  404  404
GET  import_file                              -  404  200  404  404  404  404  200  404  404  404
GET  import_columns                           -  404  200  404  404  404  404  403  404  404  404
POST import_columns                           -  404  400  404  404  404  404  403  404  404  404
GET  import_names                             -  404  200  404  404  404  404  403  404  404  404
POST import_names                             -  404  400  404  404  404  404  403  404  404  404
GET  import_take_in                           -  405  405  405  405  405  405  405  405  405  405
POST import_take_in                           -  404  400  404  404  404  404  403  404  404  404
GET  import_drop                              -  405  405  405  405  405  405  405  405  405  405
POST import_drop                              -  404  302  404  404  404  404  403  404  404  404
GET  import_undo                              -  405  405  405  405  405  405  405  405  405  405
POST import_undo                              -  404  400  404  404  404  404  403  404  404  404
POST import_undo/done                         -  404  302  404  404  404  404  403  404  404  404
"""
