package io.staddle.statemachine.state;

import io.staddle.api.codec.NodeCodec;
import io.staddle.api.codec.RoutingCodec;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.storage.Codec;

/// Codecs of the rows of data nodes, groups and vShards.
final class RoutingRows {
    static final Codec<NodeRecord> NODE =
            RowCodecs.of(NodeCodec::encode, io.staddle.api.v1.Node.parser(), NodeCodec::decode);

    static final Codec<RoutingLayout> LAYOUT =
            RowCodecs.of(
                    RoutingCodec::encode,
                    io.staddle.api.v1.RoutingLayout.parser(),
                    RoutingCodec::decode);

    static final Codec<GroupRecord> GROUP =
            RowCodecs.of(
                    RoutingCodec::encode, io.staddle.api.v1.Group.parser(), RoutingCodec::decode);

    static final Codec<VShardRecord> V_SHARD =
            RowCodecs.of(
                    RoutingCodec::encode, io.staddle.api.v1.VShard.parser(), RoutingCodec::decode);

    private RoutingRows() {}
}
