namespace CloudLb.AwsQuery.SigV4;

/// <summary>Why the signature of this request was refused, for the answer.</summary>
internal sealed record SignatureRefusal(WireError Error);
