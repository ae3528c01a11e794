namespace CloudLb.Tests.Clients.Harness;

/// <summary>What <c>tests/run</c> installs. Without it a test is skipped at a desk and fails where <c>CI=true</c>.</summary>
internal static class Installed
{
    /// <summary>The HAProxy that the tests run: the installed one, or the file that <c>CLOUDLB_TEST_HAPROXY</c> names.</summary>
    public static string HAProxy { get; } = Environment.GetEnvironmentVariable("CLOUDLB_TEST_HAPROXY") is { Length: > 0 } file
        ? file
        : "haproxy";

    public static bool IsHAProxyThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Any(directory => File.Exists(Path.Combine(directory, HAProxy)));

    /// <summary>With its stream module, as Debian has it.</summary>
    public static bool IsNginxThere { get; } =
        File.Exists("/usr/sbin/nginx") && File.Exists("/usr/lib/nginx/modules/ngx_stream_module.so");

    public static void OrSkip(bool isThere, string howTo)
    {
        if (!isThere && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(howTo);
        }

        Assert.SkipUnless(isThere, howTo);
    }

    public static void NginxOrSkip() => OrSkip(
        IsNginxThere, "nginx with its stream module is not installed (apt install nginx libnginx-mod-stream).");

    public static void HAProxyOrSkip() => OrSkip(IsHAProxyThere, "haproxy is not installed (apt install haproxy).");
}
