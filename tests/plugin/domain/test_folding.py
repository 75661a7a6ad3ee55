"""Text as it is searched and sorted."""

from __future__ import annotations

from kmzb_qgis_plugin.domain.folding import alphabetic, folded


def test_names_stand_as_in_the_polish_alphabet() -> None:
    names = ["Lubin", "łagów", "Świebodzin", "Tuplice", "zwierzyn", "Źródła", "Żary", "żebractwo", "Żółwin"]
    assert sorted(set(names), key=alphabetic) == names
    assert sorted(["Łódź", "Lubsko", "Lutol"], key=alphabetic) == ["Lubsko", "Lutol", "Łódź"]


def test_letters_are_found_with_and_without_their_marks() -> None:
    assert folded("Żółć ŁÓDŹ") == "zolc lodz"
