namespace CloudLb.AwsApi.Foreign;

/// <summary>The protocols of AWS's services besides the query protocol, as far as their errors differ.</summary>
internal enum ForeignProtocol
{
    /// <summary>A form like the query protocol's own, at a path that is not ours: SQS's queues in old clients.</summary>
    Query,

    /// <summary>AWS JSON 1.0: the action in <c>X-Amz-Target</c>, errors with a namespace.</summary>
    Json10,

    /// <summary>AWS JSON 1.1: as 1.0, errors without a namespace.</summary>
    Json11,

    /// <summary>Smithy's RPC v2 with CBOR: service and action in the path.</summary>
    Cbor,

    /// <summary>A resource in the path, JSON in the body, the error's code in a header: Lambda, API Gateway.</summary>
    RestJson,

    /// <summary>A resource in the path, XML in the body, errors as the query protocol has them: Route 53, CloudFront.</summary>
    RestXml,

    /// <summary>S3's own: as REST with XML, but the error is the whole document and has codes of its own.</summary>
    S3,
}
