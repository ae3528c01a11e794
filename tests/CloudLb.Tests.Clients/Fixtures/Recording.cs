namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>
/// With <c>CLOUDLB_RECORD=clients</c> or <c>=answers</c> the tests write what was sent or answered into the fixtures instead of comparing
/// it.
/// </summary>
internal static class Recording
{
    public static bool IsOnFor(string what) => Environment.GetEnvironmentVariable("CLOUDLB_RECORD") == what;
}
