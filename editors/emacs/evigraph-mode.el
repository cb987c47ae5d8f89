;;; evigraph-mode.el --- Case files of evigraph  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; A mode for case files, and their language server for Eglot and for lsp-mode, whichever is there.  A file is a case by
;; its name, or if `Case(' is the first thing in it, comments and `#![enable(...)]' aside: most RON files are no cases.

;;; Code:

(defconst evigraph-mode-font-lock
  `((,(rx (group "\"" (* (not (any "\"\\\n"))) "\"") (* space) ":") 1 font-lock-function-name-face t)
    (,(rx symbol-start (group (any "a-z") (* (any "a-z_"))) (* space) ":") 1 font-lock-variable-name-face)
    (,(rx symbol-start (or "Supports" "Opposes") symbol-end) . font-lock-keyword-face)
    (,(rx symbol-start (any "A-Z") (* (any alnum "_")) symbol-end) . font-lock-constant-face))
  "Ids, fields and words.")

(defvar evigraph-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23n" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?- "_" table)
    table)
  "Comments nest; a hyphen is a part of an id.")

(defun evigraph-mode-indent-line ()
  "Indent by four columns from the line of the open bracket.
Lines inside a text stay as they are."
  (interactive)
  (let* ((state (save-excursion (syntax-ppss (line-beginning-position))))
         (closes (save-excursion (back-to-indentation) (looking-at-p (rx (any ")]}")))))
         (bracket (nth 1 state)))
    (if (or (nth 3 state) (nth 4 state))
        'noindent
      (save-excursion
        (indent-line-to
         (if bracket (+ (save-excursion (goto-char bracket) (current-indentation)) (if closes 0 4)) 0)))
      (when (< (current-column) (current-indentation))
        (back-to-indentation)))))

(defun evigraph-mode-opens-case-p ()
  "Whether the visited RON file is a case by its text."
  (and buffer-file-name
       (string-suffix-p ".ron" buffer-file-name)
       (save-excursion
         (with-syntax-table evigraph-mode-syntax-table
           (goto-char (point-min))
           (skip-chars-forward "\uFEFF")
           (forward-comment (buffer-size))
           (while (looking-at (rx "#![enable(" (* (not (any "]\n"))) "]"))
             (goto-char (match-end 0))
             (forward-comment (buffer-size)))
           (looking-at-p (rx "Case" (* (any " \t\n")) "("))))))

;;;###autoload
(define-derived-mode evigraph-mode prog-mode "evigraph"
  "Mode for case files of evigraph."
  (setq-local comment-start "// ")
  (setq-local comment-start-skip (rx (or "//" "/*") (* space)))
  (setq-local indent-tabs-mode nil)
  (setq-local indent-line-function #'evigraph-mode-indent-line)
  (setq-local font-lock-defaults '(evigraph-mode-font-lock)))

;;;###autoload
(add-to-list 'auto-mode-alist (cons (rx (or bos (any "/.")) "case.ron" eos) 'evigraph-mode))
;;;###autoload
(add-to-list 'magic-mode-alist '(evigraph-mode-opens-case-p . evigraph-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(evigraph-mode . ("evigraph" "lsp"))))

(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(defvar lsp-language-id-configuration)
(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(evigraph-mode . "evigraph"))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '("evigraph" "lsp"))
                    :activation-fn (lambda (&rest _) (derived-mode-p 'evigraph-mode))
                    :server-id 'evigraph)))

(provide 'evigraph-mode)
;;; evigraph-mode.el ends here
