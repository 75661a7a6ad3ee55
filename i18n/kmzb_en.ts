<?xml version='1.0' encoding='utf-8'?>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>@default</name>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="155" />
        <source>{} and %n more</source>
        <translation>
            <numerusform>{} and %n more</numerusform>
            <numerusform>{} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="169" />
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="171" />
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="172" />
        <source>%n day(s) ago</source>
        <comment>age</comment>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="182" />
        <source>overdue %n day(s)</source>
        <comment>deadline</comment>
        <translation>
            <numerusform>overdue %n day</numerusform>
            <numerusform>overdue %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="185" />
        <source>in %n day(s)</source>
        <comment>deadline</comment>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="163" />
        <source>%n other categories</source>
        <translation>
            <numerusform>%n other category</numerusform>
            <numerusform>%n other categories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="100" />
        <source>%n decision(s) could be rescued.</source>
        <translation>
            <numerusform>%n decision could be rescued.</numerusform>
            <numerusform>%n decisions could be rescued.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/exit_guard.py" line="49" />
        <source>%n decision(s) wait to be sent.</source>
        <translation>
            <numerusform>%n decision waits to be sent.</numerusform>
            <numerusform>%n decisions wait to be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/plugin.py" line="379" />
        <source>%n decision(s) wait to be sent to “{}”. They are kept and sent when it is open again.</source>
        <translation>
            <numerusform>%n decision waits to be sent to “{}”. It is kept and sent when that connection is open again.</numerusform>
            <numerusform>%n decisions wait to be sent to “{}”. They are kept and sent when that connection is open again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/processing/synchronise.py" line="71" />
        <source>%n threat(s) on this computer</source>
        <translation>
            <numerusform>%n threat on this computer</numerusform>
            <numerusform>%n threats on this computer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="196" />
        <source>%n day(s)</source>
        <comment>overdue</comment>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="24" />
        <source>It is to be verified within %n day(s).</source>
        <translation>
            <numerusform>It is to be verified within %n day.</numerusform>
            <numerusform>It is to be verified within %n days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/consequence.py" line="33" />
        <source>It can be undone for %n second(s), then it is sent.</source>
        <translation>
            <numerusform>It can be undone for %n second, then it is sent.</numerusform>
            <numerusform>It can be undone for %n seconds, then it is sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="75" />
        <source>%n decision(s) may have been sent already.</source>
        <translation>
            <numerusform>%n decision may have been sent already.</numerusform>
            <numerusform>%n decisions may have been sent already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="84" />
        <source>sent in %n s</source>
        <translation>
            <numerusform>sent in %n s</numerusform>
            <numerusform>sent in %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/undo_bar.py" line="89" />
        <source>%n decision(s)</source>
        <comment>batch</comment>
        <translation>
            <numerusform>%n decision</numerusform>
            <numerusform>%n decisions</numerusform>
        </translation>
    </message>
    </context>
</TS>