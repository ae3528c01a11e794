namespace CloudLb.Tests.HAProxy;

/// <summary>Without haproxy a test is skipped at a desk and fails where <c>CI=true</c>.</summary>
internal static class HAProxyInstalled
{
    public static bool IsThere { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(directory => File.Exists(Path.Combine(directory, "haproxy")));

    public static void OrSkip()
    {
        if (!IsThere && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail("haproxy is not installed (apt install haproxy).");
        }

        Assert.SkipUnless(IsThere, "haproxy is not installed (apt install haproxy).");
    }
}
