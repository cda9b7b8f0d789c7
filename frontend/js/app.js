// What pages gain where scripts run. Every one of them works without.

import { announceSorting } from "./sorted.js";
import { closeMenus } from "./menus.js";
import { copyFields } from "./copying.js";
import { focusErrors } from "./errors.js";
import { guardForms } from "./guard.js";
import { leaveWithTheSignIn } from "./leaving.js";
import { openScrollers } from "./scrollers.js";
import { readWithoutNetwork } from "./reading/page.js";
import { reachSearch } from "./search.js";
import { saveWhileTyping } from "./saving.js";
import { showCurrent } from "./current.js";
import { sortLists } from "./sortable.js";
import { suggestWhileTyping } from "./suggestions.js";
import { upgradeEditors } from "./editors.js";

function enhance(root) {
  openScrollers(root);
  announceSorting(root);
  showCurrent(root);
  sortLists(root);
  guardForms(root);
  upgradeEditors(root);
  saveWhileTyping(root);
  copyFields(root);
  focusErrors(root);
}

closeMenus();
reachSearch();
suggestWhileTyping();
leaveWithTheSignIn();
readWithoutNetwork();
enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    enhance(event.detail.elt);
  }
});
