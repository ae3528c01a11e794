using System.Buffers;

namespace CloudLb.AwsApi.SigV4;

/// <summary>The five parts of a Credential: <c>AKIDEXAMPLE/20150830/us-east-1/elasticloadbalancing/aws4_request</c>.</summary>
internal readonly record struct CredentialScope(string AccessKeyId, string Date, string Region, string Service, string Terminator)
{
    public const string ValidTerminator = "aws4_request";

    /// <summary>
    /// AWS's longest region name has 14 characters; made-up ones are welcome, values that could hurt a log or a file name are not.
    /// </summary>
    private const int MaxRegionLength = 64;

    private static readonly SearchValues<char> RegionSigns =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    public bool HasWellFormedRegion =>
        Region.Length is > 0 and <= MaxRegionLength && !Region.AsSpan().ContainsAnyExcept(RegionSigns);

    /// <exception cref="WireException">It has not five parts.</exception>
    public static CredentialScope Parse(string credential)
    {
        Span<Range> parts = stackalloc Range[6];
        if (credential.AsSpan().Split(parts, '/') != 5)
        {
            throw SigV4Errors.CredentialNotFiveParts(credential);
        }

        return new CredentialScope(
            credential[parts[0]], credential[parts[1]], credential[parts[2]], credential[parts[3]], credential[parts[4]]);
    }
}
