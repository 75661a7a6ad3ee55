<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl" sourcelanguage="en">
<context>
    <name>@default</name>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="15"/>
        <source>The service cannot be reached. Check the network and the connection&apos;s address; your decisions are kept and will be sent later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="25"/>
        <source>The service did not answer in time. Your decisions are kept; try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="32"/>
        <source>The connection&apos;s address is not valid. It must begin with http:// or https://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="39"/>
        <source>No secure connection to the service could be made: its certificate is not trusted, or it does not use https. Check the connection&apos;s address; your administrator can add the certificate to QGIS (Options, Authentication).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="50"/>
        <source>The network&apos;s proxy refused the connection. Check the proxy and its user name and password in QGIS (Options, Network).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="68"/>
        <source>The answer did not come from a KMZB service. Check the connection&apos;s address; in a company network a proxy&apos;s page may stand in between.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="78"/>
        <source>The connection&apos;s authentication configuration cannot be used. Unlock the QGIS password store with the master password, or choose the configuration anew in the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="88"/>
        <source>The service did not accept the sign-in. Check the token in the connection&apos;s authentication configuration.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="98"/>
        <source>Your token has expired. Ask the service&apos;s administrator for a new one and enter it in the connection&apos;s authentication configuration; your decisions are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="108"/>
        <source>Your role does not allow this. Ask the service&apos;s administrator if it should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="117"/>
        <source>The service asks for a complete new load of the data. Synchronise again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="134"/>
        <source>The service is busy or being prepared. Your decisions are kept; try again in a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="152"/>
        <source>The service reports a problem ({}): {}. If it stays, tell the administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="161"/>
        <source>The service and this version of the plugin do not fit together. Update the plugin, or tell the service&apos;s administrator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="173"/>
        <source>Stopped. What was there before is unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/client/errors.py" line="182"/>
        <source>The data did not arrive whole and were discarded. Synchronise again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/catalogue.py" line="19"/>
        <source>The catalogue of categories and statuses that the service sent cannot be used. Tell the service&apos;s administrator; a newer version of the plugin may be needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/errors.py" line="24"/>
        <source>Something unexpected happened. Details are in the log of messages (tab KMZB).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="44"/>
        <source>weekdays: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="46"/>
        <source>hours: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="48"/>
        <source>areas: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="50"/>
        <source>units: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="52"/>
        <source>containing “{}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="54"/>
        <source>overdue only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="65"/>
        <source>All sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="77"/>
        <source>all categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="83"/>
        <source>{} (whole group)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="86"/>
        <source>categories: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="93"/>
        <source>statuses: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="99"/>
        <source>any date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="104"/>
        <source>reported since {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="104"/>
        <source>occurred since {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="105"/>
        <source>reported until {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="105"/>
        <source>occurred until {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="107"/>
        <source>reported on {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="107"/>
        <source>occurred on {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="108"/>
        <source>reported from {} to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="108"/>
        <source>occurred from {} to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="115"/>
        <source>Monday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="116"/>
        <source>Tuesday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="117"/>
        <source>Wednesday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="118"/>
        <source>Thursday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="119"/>
        <source>Friday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="120"/>
        <source>Saturday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="121"/>
        <source>Sunday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="144"/>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/domain/sentence.py" line="148"/>
        <source>{} and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/fallback.py" line="32"/>
        <source>The KMZB plugin could not be started: {}. The details are in the log panel “KMZB”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="33"/>
        <source>About KMZB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="43"/>
        <source>The map is not for cases that need urgent intervention. Then call 112 or 997.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="46"/>
        <source>Free software under the licence {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="64"/>
        <source>Version {}, QGIS {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="127"/>
        <source>Service version {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/about_dialog.py" line="72"/>
        <source>Questions about the map go by e-mail to the map&apos;s coordinator.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="38"/>
        <source>KMZB Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="52"/>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="53"/>
        <source>&amp;Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="54"/>
        <source>&amp;Sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="153"/>
        <source>&amp;Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="103"/>
        <source>The address must begin with https:// and name a server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="105"/>
        <source>With http:// anyone on the network can read the data and the sign-in. Use https://.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="115"/>
        <source>The test was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="120"/>
        <source>&amp;Cancel Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="121"/>
        <source>Asking the service…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="127"/>
        <source>The connection works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="127"/>
        <source>Signed in as {} ({})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_editor.py" line="127"/>
        <source>Unit {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connection_test.py" line="23"/>
        <source>Testing the KMZB connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="36"/>
        <source>KMZB Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="42"/>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="45"/>
        <source>&amp;New…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="46"/>
        <source>&amp;Edit…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="47"/>
        <source>&amp;Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="64"/>
        <source> min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="65"/>
        <source>Never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="69"/>
        <source>&amp;Synchronise every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="72"/>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="127"/>
        <source>Remove Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/connections_dialog.py" line="127"/>
        <source>Remove the connection “{}”? The data loaded from it stay on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="114"/>
        <source>&amp;Send Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="150"/>
        <source>The report was changed while you were deciding. Look again before you send.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="160"/>
        <source>“{}” is no longer possible from the present status. What you wrote is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="244"/>
        <source>Required</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="301"/>
        <source>Shorten the note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/decision_form.py" line="326"/>
        <source>{} of {} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/facet_tree.py" line="183"/>
        <source>Only “{}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/facet_tree.py" line="185"/>
        <source>Check All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/facet_tree.py" line="186"/>
        <source>Uncheck All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="35"/>
        <source>KMZB Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="61"/>
        <source>&amp;Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="62"/>
        <source>Show everything again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="88"/>
        <source>The layers are not in this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="90"/>
        <source>Add &amp;Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_dock.py" line="179"/>
        <source>Shown {} of {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="58"/>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="81"/>
        <source>Categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="85"/>
        <source>Search categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="126"/>
        <source>Status of reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="151"/>
        <source>Date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>All dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>Last 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>Last 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>Last 90 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>This month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>Last month</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>This quarter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>This year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="153"/>
        <source>From – to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="167"/>
        <source>when it occurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="168"/>
        <source>when it was reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="172"/>
        <source>&amp;Period</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="172"/>
        <source>&amp;By date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="172"/>
        <source>&amp;From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="172"/>
        <source>&amp;To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="189"/>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="230"/>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="232"/>
        <source>Number, place or description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="233"/>
        <source>Only &amp;overdue reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="234"/>
        <source>Te&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/filter_parts.py" line="272"/>
        <source>{} (in use until {})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/messages.py" line="49"/>
        <source>Something unexpected went wrong. The details are in the log panel “KMZB”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="26"/>
        <source>Connections…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="28"/>
        <source>Try Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="30"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="49"/>
        <source>No connection is open. Choose the service that you work with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="51"/>
        <source>Loading threats from “{}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/notice.py" line="55"/>
        <source>Nothing has been loaded from “{}” yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="66"/>
        <source>My decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="67"/>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="58"/>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="67"/>
        <source>Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="67"/>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="89"/>
        <source>&amp;Take Theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="91"/>
        <source>Decide &amp;Anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="93"/>
        <source>&amp;Keep for Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="95"/>
        <source>&amp;Mend…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="97"/>
        <source>&amp;Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="99"/>
        <source>&amp;Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="101"/>
        <source>Show Re&amp;port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="161"/>
        <source>Choose a decision to see what became of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="161"/>
        <source>You have made no decisions yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="183"/>
        <source>The report {} was changed before your decision arrived.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="188"/>
        <source>Waits to be sent; it goes with the next synchronisation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="189"/>
        <source>Is being sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="190"/>
        <source>Has arrived at the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="194"/>
        <source>Someone else had already decided the same; nothing more was needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="196"/>
        <source>The service rejected it. {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/outbox_panel.py" line="214"/>
        <source>The decision may have been sent already and cannot be withdrawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="64"/>
        <source>Print District Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="86"/>
        <source>Search by name or code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="89"/>
        <source>Districts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="95"/>
        <source>{} landscape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="99"/>
        <source>PDF document (*.pdf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="99"/>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="100"/>
        <source>Save District Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="102"/>
        <source>&amp;Open when done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="109"/>
        <source>&amp;District</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="112"/>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="113"/>
        <source>&amp;Paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="114"/>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="116"/>
        <source>Shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="118"/>
        <source>&amp;Save Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="139"/>
        <source>Police unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/ground.py" line="182"/>
        <source>County</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/ground.py" line="182"/>
        <source>Commune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/ground.py" line="182"/>
        <source>Voivodeship</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="176"/>
        <source>Security threats: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/print_dialog.py" line="217"/>
        <source>The map was saved as {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="79"/>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="147"/>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="80"/>
        <source>to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="89"/>
        <source>Deadline {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_model.py" line="89"/>
        <source>No deadline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="57"/>
        <source>&amp;Under the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="58"/>
        <source>Show only reports that the filter keeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="60"/>
        <source>Previous report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="61"/>
        <source>Next report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="66"/>
        <source>Go to number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="65"/>
        <source>Show any report by its number, in the queue or not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="71"/>
        <source>Reports that wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="89"/>
        <source>No report waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="161"/>
        <source>Waiting {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/queue_panel.py" line="203"/>
        <source>There is no threat with the number “{}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="48"/>
        <source>Show my decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="78"/>
        <source>Stop Synchronising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="78"/>
        <source>Synchronise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="87"/>
        <source>Not connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="89"/>
        <source>Synchronising…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="97"/>
        <source>Synchronised {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="97"/>
        <source>Not synchronised yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="99"/>
        <source>⚠ Working offline; last synchronised {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="100"/>
        <source>⚠ Not synchronised since {}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="107"/>
        <source>Waiting {} · Sent {} · In conflict {} · Rejected {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/state_strip.py" line="120"/>
        <source>Synchronising… {} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="52"/>
        <source>Decisions so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="119"/>
        <source>Only citizens&apos; reports are verified.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="121"/>
        <source>Your role, {}, may look at reports but not decide about them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="125"/>
        <source>Your role, {}, has no step from the status “{}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_panel.py" line="133"/>
        <source>Choose a report to see its facts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="51"/>
        <source>{} → {} (to be sent)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="58"/>
        <source>No description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="79"/>
        <source>Occurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="79"/>
        <source>Usually</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="79"/>
        <source>Reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="79"/>
        <source>Confirmed by others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="79"/>
        <source>Area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="97"/>
        <source>No decisions yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="104"/>
        <source>Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="104"/>
        <source>Theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="104"/>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="113"/>
        <source>Decided by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="113"/>
        <source>you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="114"/>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="142"/>
        <source>Decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/threat_text.py" line="158"/>
        <source>planned for {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/verification_dock.py" line="43"/>
        <source>KMZB Verification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/verification_dock.py" line="79"/>
        <source>Reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/verification_dock.py" line="108"/>
        <source>My Decisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="18"/>
        <source>viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="19"/>
        <source>verifier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="20"/>
        <source>coordinator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="21"/>
        <source>administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="29"/>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="30"/>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="31"/>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="32"/>
        <source>Institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="33"/>
        <source>Planned date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="41"/>
        <source>Choose a reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="42"/>
        <source>Write a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="43"/>
        <source>Choose a method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="44"/>
        <source>Name the institution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="45"/>
        <source>Choose a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="53"/>
        <source>The report no longer exists in the service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="54"/>
        <source>Only citizens&apos; reports are verified; this is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="55"/>
        <source>The service does not know this status.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="56"/>
        <source>The workflow has no such step from the report&apos;s present status.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="57"/>
        <source>Your role may not take this step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="58"/>
        <source>A reason is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="59"/>
        <source>This reason cannot be given for this decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="60"/>
        <source>A note is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="61"/>
        <source>The institution is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="62"/>
        <source>The planned date is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="63"/>
        <source>The method is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="64"/>
        <source>The service does not know this reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="65"/>
        <source>The service does not know this method.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="66"/>
        <source>The note is too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="67"/>
        <source>The service has another decision under the same identifier.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="68"/>
        <source>The decision is dated in the future. Check this computer&apos;s clock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="70"/>
        <source>The service refused it without a reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="76"/>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="77"/>
        <source>being sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="78"/>
        <source>sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="79"/>
        <source>in conflict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="80"/>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="81"/>
        <source>dismissed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="28"/>
        <source>morning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="29"/>
        <source>forenoon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="30"/>
        <source>afternoon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="31"/>
        <source>evening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="32"/>
        <source>night</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="126"/>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="128"/>
        <source>%n min ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="130"/>
        <source>%n h ago</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="131"/>
        <source>%n day(s) ago</source>
        <comment>age</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="141"/>
        <source>overdue today</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="141"/>
        <source>overdue %n day(s)</source>
        <comment>deadline</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="143"/>
        <source>today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="144"/>
        <source>tomorrow</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/gui/words.py" line="144"/>
        <source>in %n day(s)</source>
        <comment>deadline</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Status that waits to be sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Occurred from (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Occurred until (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Day it occurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Hour it occurred</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Part of day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Weekdays (1 is Monday)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Reported (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>County (TERYT)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Commune (TERYT)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>Confirmations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>To be read by (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="34"/>
        <source>To be verified by (UTC)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="80"/>
        <source>TERYT code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="80"/>
        <source>Level</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="100"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="80"/>
        <source>Part of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="80"/>
        <source>Boundary is approximate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="80"/>
        <source>Population</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="91"/>
        <source>voivodeship</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="91"/>
        <source>county</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="91"/>
        <source>commune</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="100"/>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="100"/>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="100"/>
        <source>Superior unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/fields.py" line="100"/>
        <source>Areas (TERYT)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/ground.py" line="161"/>
        <source>{} and more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/layer_tree.py" line="66"/>
        <source>QGIS cannot show the local copy of the data. Synchronise again; the copy is then made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/layer_tree.py" line="214"/>
        <source>Threats in cells of {} degrees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/layer_tree.py" line="361"/>
        <source>Number of threats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="176"/>
        <source>Number of threats by cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/layer_tree.py" line="390"/>
        <source>Police units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="88"/>
        <source>Administrative areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/layers/symbology.py" line="76"/>
        <source>Other status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="147"/>
        <source>&amp;Connections…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="147"/>
        <source>&amp;Synchronise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="147"/>
        <source>&amp;Filter Panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="147"/>
        <source>&amp;Verification Panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="147"/>
        <source>&amp;Print District Map…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="147"/>
        <source>&amp;About KMZB…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/plugin.py" line="254"/>
        <source>The filter waits until editing ends in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="155"/>
        <source>Total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="149"/>
        <source>No threats match the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/printing/counts_table.py" line="163"/>
        <source>%n other categories</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="193"/>
        <source>National Map of Security Threats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="194"/>
        <source>Data as of {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="194"/>
        <source>Printed {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="200"/>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="201"/>
        <source>Threats on the map: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="202"/>
        <source>Scale 1 : {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="203"/>
        <source>Shown: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/district_map.py" line="204"/>
        <source>Not for urgent intervention: call 112 or 997. Source: KMZB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="28"/>
        <source>The layout template “{}” lacks these items: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="31"/>
        <source>The layout template “{}” cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="47"/>
        <source>“{}” has no boundary in the data, so there is no map to print. Choose another district.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="67"/>
        <source>“{}” cannot be written. Close it if another program shows it, or choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/errors.py" line="76"/>
        <source>There is not enough memory for a picture of this resolution. Choose a lower one, or PDF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="89"/>
        <source>Seats of police units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/printing/print_layers.py" line="127"/>
        <source>Boundary: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="31"/>
        <source>The local copy of the data is damaged. Synchronise to load it anew; your decisions are not affected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="41"/>
        <source>The local copy of the data was made by another version of the plugin. Synchronise to load it anew; your decisions are not affected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="53"/>
        <source>The disk with the QGIS profile is full. Make room on it and try again; the data that were there before are unchanged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="65"/>
        <source>The local data are in use by another program, perhaps a second QGIS. Close it or try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="75"/>
        <source>The plugin cannot write to its folder in the QGIS profile. Check the folder&apos;s permissions and that its drive is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="96"/>
        <source>The file with your unsent decisions is damaged. Open the connection again: what can be read will be rescued.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="100"/>
        <source>%n decision(s) could be rescued.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/replica/errors.py" line="101"/>
        <source>The file with your unsent decisions was damaged. {} Check the reports that you decided last; the damaged file is kept as {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../kmzb_qgis_plugin/session.py" line="310"/>
        <source>Synchronising “{}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
