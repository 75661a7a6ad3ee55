<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>@default</name>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="164" />
        <source>{} and %n more</source>
        <translation>
            <numerusform>{} and %n more</numerusform>
            <numerusform>{} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="192" />
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="194" />
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="195" />
        <source>%n day(s) ago</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="217" />
        <source>overdue %n day(s)</source>
        <comment>deadline</comment>
        <translation>
            <numerusform>overdue %n day</numerusform>
            <numerusform>overdue %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="220" />
        <source>in %n day(s)</source>
        <comment>deadline</comment>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="169" />
        <source>%n other categories</source>
        <translation>
            <numerusform>%n other category</numerusform>
            <numerusform>%n other categories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="73" />
        <source>%n threat(s) on this computer</source>
        <translation>
            <numerusform>%n threat on this computer</numerusform>
            <numerusform>%n threats on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="231" />
        <source>%n day(s)</source>
        <comment>overdue</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="79" />
        <source>%n decision(s) may have been sent already.</source>
        <translation>
            <numerusform>%n decision may have been sent already.</numerusform>
            <numerusform>%n decisions may have been sent already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="88" />
        <source>sent in %n s</source>
        <translation>
            <numerusform>sent in %n s</numerusform>
            <numerusform>sent in %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="56" />
        <source>%n decision(s)</source>
        <comment>batch</comment>
        <translation>
            <numerusform>%n decision</numerusform>
            <numerusform>%n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/district_list.py" line="163" />
        <source>%n district(s) chosen</source>
        <translation>
            <numerusform>%n district chosen</numerusform>
            <numerusform>%n districts chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/area_colors.py" line="83" />
        <source>%n area(s)</source>
        <translation>
            <numerusform>%n area</numerusform>
            <numerusform>%n areas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/statistics_dock.py" line="317" />
        <source>%n threat(s)</source>
        <comment>total</comment>
        <translation>
            <numerusform>%n threat</numerusform>
            <numerusform>%n threats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/near_repeat_page.py" line="64" />
        <source>%n day(s)</source>
        <comment>span</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="204" />
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/near_panel.py" line="162" />
        <source>Decide T&amp;ogether (%n)…</source>
        <translation>
            <numerusform>Decide T&amp;ogether (%n)…</numerusform>
            <numerusform>Decide T&amp;ogether (%n)…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_bar.py" line="35" />
        <source>%n report(s) chosen</source>
        <translation>
            <numerusform>%n report chosen</numerusform>
            <numerusform>%n reports chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="164" />
        <source>%n report(s)</source>
        <translation>
            <numerusform>%n report</numerusform>
            <numerusform>%n reports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="174" />
        <source>Will be decided (%n)</source>
        <translation>
            <numerusform>Will be decided (%n)</numerusform>
            <numerusform>Will be decided (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="174" />
        <source>Will be left alone (%n)</source>
        <translation>
            <numerusform>Will be left alone (%n)</numerusform>
            <numerusform>Will be left alone (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="174" />
        <source>Chosen (%n)</source>
        <translation>
            <numerusform>Chosen (%n)</numerusform>
            <numerusform>Chosen (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/together_dialog.py" line="188" />
        <source>&amp;Decide (%n)</source>
        <translation>
            <numerusform>&amp;Decide (%n)</numerusform>
            <numerusform>&amp;Decide (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="24" />
        <source>To be verified within %n day(s).</source>
        <translation>
            <numerusform>To be verified within %n day.</numerusform>
            <numerusform>To be verified within %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="33" />
        <source>Can be undone for %n second(s), then sent.</source>
        <translation>
            <numerusform>Can be undone for %n second, then sent.</numerusform>
            <numerusform>Can be undone for %n seconds, then sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/card_dialog.py" line="154" />
        <source>The whole &amp;queue: %n report(s)</source>
        <translation>
            <numerusform>The whole &amp;queue: %n report</numerusform>
            <numerusform>The whole &amp;queue: %n reports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="170" />
        <source>&amp;Save %n page(s)</source>
        <translation>
            <numerusform>&amp;Save %n page</numerusform>
            <numerusform>&amp;Save %n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/output_dialog.py" line="295" />
        <source>%n file(s) were saved in {}</source>
        <translation>
            <numerusform>%n file was saved in {}</numerusform>
            <numerusform>%n files were saved in {}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/card.py" line="271" />
        <source>and %n earlier one(s)</source>
        <translation>
            <numerusform>and %n earlier one</numerusform>
            <numerusform>and %n earlier ones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/tally_label.py" line="56" />
        <source>Today you have made %n decision(s)</source>
        <translation>
            <numerusform>Today you have made %n decision</numerusform>
            <numerusform>Today you have made %n decisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="100" />
        <source>%n entry(ies) could be rescued.</source>
        <translation>
            <numerusform>%n entry could be rescued.</numerusform>
            <numerusform>%n entries could be rescued.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="58" />
        <source>%n meeting(s)</source>
        <translation>
            <numerusform>%n meeting</numerusform>
            <numerusform>%n meetings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="207" />
        <source>%n d</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/jobs.py" line="103" />
        <source>Printing was cancelled. %n file(s) had been written and stay.</source>
        <translation>
            <numerusform>Printing was cancelled. %n file had been written and stays.</numerusform>
            <numerusform>Printing was cancelled. %n files had been written and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/siting.py" line="218" />
        <source>%n threat(s) found.</source>
        <translation>
            <numerusform>%n threat found.</numerusform>
            <numerusform>%n threats found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/cells.py" line="46" />
        <source>%n threat(s) lie outside the boundaries of the area and are not counted.</source>
        <translation>
            <numerusform>%n threat lies outside the boundaries of the area and is not counted.</numerusform>
            <numerusform>%n threats lie outside the boundaries of the area and are not counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="55" />
        <source>%n hot cell(s) have half of their threats or more at one place.</source>
        <translation>
            <numerusform>%n hot cell has half of its threats or more at one place.</numerusform>
            <numerusform>%n hot cells have half of their threats or more at one place.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="66" />
        <source>%n hot cell(s)</source>
        <translation>
            <numerusform>%n hot cell</numerusform>
            <numerusform>%n hot cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/hotspot_cells.py" line="66" />
        <source>%n cold cell(s)</source>
        <translation>
            <numerusform>%n cold cell</numerusform>
            <numerusform>%n cold cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/siting_inputs.py" line="216" />
        <source>%n row(s) of the layer of candidates have no place in Poland and are left out.</source>
        <translation>
            <numerusform>%n row of the layer of candidates has no place in Poland and is left out.</numerusform>
            <numerusform>%n rows of the layer of candidates have no place in Poland and are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="178" />
        <source>%n threat(s) belong to no place of this kind and are not counted.</source>
        <translation>
            <numerusform>%n threat belongs to no place of this kind and is not counted.</numerusform>
            <numerusform>%n threats belong to no place of this kind and are not counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/compared_places.py" line="229" />
        <source>%n place(s) with a rise have half of their threats or more at one spot.</source>
        <translation>
            <numerusform>%n place with a rise has half of its threats or more at one spot.</numerusform>
            <numerusform>%n places with a rise have half of their threats or more at one spot.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="246" />
        <source>%n place(s) with more than the whole's change gives</source>
        <translation>
            <numerusform>%n place with more than the whole's change gives</numerusform>
            <numerusform>%n places with more than the whole's change gives</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="246" />
        <source>%n with fewer</source>
        <translation>
            <numerusform>%n with fewer</numerusform>
            <numerusform>%n with fewer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="250" />
        <source>%n place(s) with a rise</source>
        <translation>
            <numerusform>%n place with a rise</numerusform>
            <numerusform>%n places with a rise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/comparison.py" line="250" />
        <source>%n place(s) with a fall</source>
        <translation>
            <numerusform>%n place with a fall</numerusform>
            <numerusform>%n places with a fall</numerusform>
        </translation>
    </message>
    </context>
</TS>