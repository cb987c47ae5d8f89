;;; test.el --- Opens, mends, renames and formats a case through Eglot  -*- lexical-binding: t; -*-

;; Run by ../test.sh, with `evigraph' on the PATH and a folder to write to in EVIGRAPH_TEST_FOLDER.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'evigraph-mode)

(defconst test-case "// Did the ferry sail?
Case(
  title: \"Did the ferry sail?\",
    documents: {
        \"book\": (title: \"Book of the harbour office\", reliability: B),
    },
    claims: {
        \"sailed\": (text: \"The ferry sailed.\", evidence: [Supports(from: \"bok\", as: Finding)]),
    },
)
")

(defun test-check (condition what)
  "Fail with WHAT unless CONDITION."
  (unless condition (error "%s, in:\n%s" what (buffer-string)))
  (message "ok %s" what))

(defmacro test-eventually (condition what)
  "Wait until CONDITION, or fail with WHAT."
  `(let ((until (+ (float-time) 60)))
     (while (and (not ,condition) (< (float-time) until))
       ;; What Emacs does when it is idle, which in batch it never is.
       (eglot--signal-textDocument/didChange)
       (flymake-start)
       (accept-process-output nil 0.05))
     (test-check ,condition ,what)))

(defun test-open (name text)
  "Write TEXT to the file NAME and visit it."
  (let ((file (expand-file-name name (getenv "EVIGRAPH_TEST_FOLDER"))))
    (with-temp-file file (insert text))
    (switch-to-buffer (find-file-noselect file))))

(defun test-errors ()
  "The errors that Flymake has of the current buffer."
  (seq-filter (lambda (one) (eq (flymake-diagnostic-type one) 'eglot-error)) (flymake-diagnostics)))

(setq eglot-sync-connect 60)
(test-open "game.ron" "// Case(\nScene(case: Case())\n")
(test-check (not (eq major-mode 'evigraph-mode)) "another RON file is no case")
(test-open "parts.case.ron" "(title: \"A ferry\")\n")
(test-check (eq major-mode 'evigraph-mode) "a case by its name")
(test-open "ferry.ron" test-case)
(test-check (eq major-mode 'evigraph-mode) "a case by its text")

(apply #'eglot (eglot--guess-contact))
(test-eventually (eglot-managed-p) "the server is attached")
(test-eventually (= 1 (length (test-errors))) "the unknown id is the one error")
(goto-char (point-min))
(search-forward "from: \"bo")
(insert "o")
(test-eventually (null (test-errors)) "mended, there is none")
(goto-char (point-min))
(search-forward "\"bo")
(eglot-rename "register")
(test-check (= 2 (how-many "\"register\"" (point-min))) "the document is renamed, and what names it")
(eglot-format-buffer)
(test-check (string-match-p "^    title: \"Did" (buffer-string)) "the file is formatted")
(set-buffer-modified-p nil)
(message "Emacs: all steps passed")
;;; test.el ends here
