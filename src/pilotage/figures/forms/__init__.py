"""Forms: a FigureTable drawn as SVG or said in words. One module a form; each has one function, ``draw``."""
