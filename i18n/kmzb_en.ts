<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>@default</name>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="148" />
        <source>{} and %n more</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="128" />
        <source>%n min ago</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="130" />
        <source>%n h ago</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="131" />
        <source>%n day(s) ago</source>
        <comment>age</comment>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="141" />
        <source>overdue %n day(s)</source>
        <comment>deadline</comment>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="144" />
        <source>in %n day(s)</source>
        <comment>deadline</comment>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="163" />
        <source>%n other categories</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="100" />
        <source>%n decision(s) could be rescued.</source>
        <translation type="unfinished">
            <numerusform />
            <numerusform />
        </translation>
    </message>
    </context>
</TS>