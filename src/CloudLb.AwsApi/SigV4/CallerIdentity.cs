using System.Security.Claims;

namespace CloudLb.AwsApi.SigV4;

/// <summary>A caller whose signature was good, in the form that ASP.NET Core hands on.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity(
    [new Claim(ClaimTypes.NameIdentifier, caller.Arn)], SigV4Defaults.Scheme)
{
    public Caller Caller { get; } = caller;
}
