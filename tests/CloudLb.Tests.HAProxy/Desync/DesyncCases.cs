namespace CloudLb.Tests.HAProxy.Desync;

/// <summary>
/// The kinds of requests that AWS's classifier tells apart (https://github.com/aws/http-desync-guardian, its documentation and tests), and
/// some more that attacks are made of. A request that never ends (a last line without its end, no empty line) is none of them: it is waited
/// for, and 408.
/// </summary>
internal static class DesyncCases
{
    public static IReadOnlyList<DesyncCase> All { get; } =
    [
        .. CompliantCases.All, .. AcceptableCases.All, .. AmbiguousCases.All, .. SevereCases.All,
    ];
}
