namespace CloudLb.Tests.HAProxy;

/// <summary>Without haproxy a test is skipped at a desk and fails where <c>CI=true</c>.</summary>
internal static class HAProxyInstalled
{
    private const string HowTo = "haproxy is not installed (apt install haproxy).";

    /// <summary>The one that the tests run: the installed one, or the file that <c>CLOUDLB_TEST_HAPROXY</c> names.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("CLOUDLB_TEST_HAPROXY") is { Length: > 0 } file
        ? file
        : "haproxy";

    public static bool IsThere { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/sbin")
            .Any(directory => File.Exists(Path.Combine(directory, Executable)));

    public static void OrSkip()
    {
        if (!IsThere && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(HowTo);
        }

        Assert.SkipUnless(IsThere, HowTo);
    }
}
