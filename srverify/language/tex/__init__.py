"""Reading a paper's LaTeX: its files, its numbered displays and statements, and single inequalities.

``source`` joins the files and blanks what TeX does not see, ``macros`` expands the author's own
commands, ``document`` walks pylatexenc's nodes and numbers what LaTeX numbers, ``formula`` reads an
inequality into the grammar of statements. What has two readings is an InputError that says which;
nothing is guessed.
"""
