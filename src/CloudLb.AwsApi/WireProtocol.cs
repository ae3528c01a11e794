namespace CloudLb.AwsApi;

/// <summary>The protocols of AWS that are spoken here.</summary>
public enum WireProtocol
{
    /// <summary>
    /// A form in, XML out: the result in an element of its own, the request id in ResponseMetadata, one Error in an ErrorResponse.
    /// </summary>
    Query,

    /// <summary>EC2's form of it: request id and members directly in the answer, errors as Response, Errors, Error.</summary>
    Ec2,

    /// <summary>AWS JSON 1.0: the operation in <c>X-Amz-Target</c>, errors with a namespace.</summary>
    Json10,

    /// <summary>AWS JSON 1.1: as 1.0, errors without a namespace.</summary>
    Json11,

    /// <summary>Smithy's RPC v2 with CBOR: service and operation in the path.</summary>
    Cbor,
}
