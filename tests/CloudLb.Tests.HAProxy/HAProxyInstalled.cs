namespace CloudLb.Tests.HAProxy;

/// <summary>Without haproxy a test is skipped at a desk and fails where <c>CI=true</c>.</summary>
internal static class HAProxyInstalled
{
    public static void OrSkip()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Any(directory => File.Exists(Path.Combine(directory, "haproxy")));
        if (!found && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail("haproxy is not installed (apt install haproxy).");
        }

        Assert.SkipUnless(found, "haproxy is not installed (apt install haproxy).");
    }
}
