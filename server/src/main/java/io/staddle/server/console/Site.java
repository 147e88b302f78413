package io.staddle.server.console;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;

import java.util.List;

/// Where a page is: the server that it came from, and the others.
///
/// @param operate whether the page may change anything
/// @param alone whether a page is told by this server alone, as with TLS
record Site(String server, String deployment, boolean operate, boolean alone, List<Peer> servers) {
    /// A server and where clients reach it.
    record Peer(String id, String api) {}

    HttpResponse answer() {
        ListValue.Builder peers = ListValue.newBuilder();
        for (Peer each : servers) {
            Struct.Builder peer = Struct.newBuilder();
            peer.putFields("id", Json.text(each.id()));
            peer.putFields("api", Json.text(each.api()));
            peers.addValues(Value.newBuilder().setStructValue(peer));
        }
        Struct.Builder site = Struct.newBuilder();
        site.putFields("server", Json.text(server));
        site.putFields("deployment", Json.text(deployment));
        site.putFields("operate", Value.newBuilder().setBoolValue(operate).build());
        site.putFields("alone", Value.newBuilder().setBoolValue(alone).build());
        site.putFields("servers", Value.newBuilder().setListValue(peers).build());
        return Json.answer(HttpStatus.OK, site.build());
    }
}
