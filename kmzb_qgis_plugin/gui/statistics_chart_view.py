"""The widget with a chart: drawn by matplotlib, copied, saved, and clicked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QCursor, QImage, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QVBoxLayout, QWidget

from kmzb_qgis_plugin.gui.theme_palette import theme_palette
from kmzb_qgis_plugin.printing.statistics_chart import PAPER, Spot, Style, draw, has_values, spot_at
from kmzb_qgis_plugin.printing.statistics_tables import Table, Wording, row_text
from kmzb_qgis_plugin.printing.whole_file import whole_file

try:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
except ImportError:  # matplotlib before 3.5
    from matplotlib.backends.backend_qt5agg import FigureCanvasQTAgg

SMALLEST_HEIGHT = 190
SAVED_INCHES = (7.0, 4.2)
SAVED_DPI = 200
ACCENT_ON_DARK, ACCENT = "#6fb1e8", "#1f5f99"


class ChartView(QWidget):
    """Shows the chart of one table; a click tells what was hit."""

    clicked = pyqtSignal(object)
    """The :class:`~kmzb_qgis_plugin.printing.statistics_chart.Spot`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = Figure(constrained_layout=True)
        self.canvas = FigureCanvasQTAgg(self.figure)
        self.canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.canvas.setMinimumHeight(SMALLEST_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.spots: list[Spot] = []
        self._shown: tuple[Table, Wording] | None = None
        self.canvas.mpl_connect("button_press_event", self._pressed)
        self.canvas.mpl_connect("motion_notify_event", self._moved)

    def show_table(self, table: Table, wording: Wording) -> None:
        """Draw another table; one without values leaves the chart away."""
        self._shown = (table, wording)
        self.setVisible(has_values(table))
        if self.isVisibleTo(self.parentWidget()):
            self.spots = draw(self.figure, table, wording, self._style())
            self.canvas.setAccessibleName(table.title)
            self.canvas.draw_idle()

    def image(self) -> QImage:
        """The chart as a picture, with the colours of paper."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas = FigureCanvasAgg(self._on_paper())
        canvas.draw()
        width, height = canvas.get_width_height()
        return QImage(canvas.buffer_rgba(), width, height, QImage.Format.Format_RGBA8888).copy()

    def save(self, path: Path) -> None:
        """Write the chart as PNG, SVG or PDF, by the ending.

        Raises:
            ExportError: the file cannot be written.
        """
        with whole_file(path) as part:
            self._on_paper().savefig(part, format=path.suffix[1:].lower(), facecolor=PAPER.ground)

    def changeEvent(self, event: Any) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and self._shown is not None:
            self.show_table(*self._shown)

    def _on_paper(self) -> Figure:
        figure = Figure(figsize=SAVED_INCHES, dpi=SAVED_DPI, constrained_layout=True)
        if self._shown is not None:
            draw(figure, *self._shown)
            figure.suptitle(self._shown[0].title, color=PAPER.ink, fontsize=PAPER.points + 2)
        return figure

    def _style(self) -> Style:
        """The colours of the window's theme."""
        palette = theme_palette()
        ground = palette.color(QPalette.ColorRole.Base)
        dark = ground.lightness() < 128
        quiet = palette.color(QPalette.ColorRole.Text)
        quiet.setRgbF(
            *(0.5 * one + 0.5 * other for one, other in zip(quiet.getRgbF()[:3], ground.getRgbF()[:3]))
        )
        return Style(
            ground=ground.name(),
            ink=palette.color(QPalette.ColorRole.Text).name(),
            quiet=quiet.name(),
            accent=ACCENT_ON_DARK if dark else ACCENT,
            points=max(self.font().pointSizeF(), 7.0) * 0.9,
        )

    def _spot(self, event: Any) -> Spot | None:
        inside = event.inaxes is not None and self.figure.axes and event.inaxes is self.figure.axes[0]
        return spot_at(self.spots, event.xdata, event.ydata) if inside else None

    def _pressed(self, event: Any) -> None:
        spot = self._spot(event)
        if spot is not None and event.button == 1:
            self.clicked.emit(spot)

    def _moved(self, event: Any) -> None:
        spot = self._spot(event)
        clickable = spot is not None and spot.row.about is not None
        self.canvas.setCursor(Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor)
        if spot is None or self._shown is None:
            QToolTip.hideText()
            return
        table, wording = self._shown
        QToolTip.showText(QCursor.pos(), row_text(table, spot.row, wording.locale), self.canvas)
