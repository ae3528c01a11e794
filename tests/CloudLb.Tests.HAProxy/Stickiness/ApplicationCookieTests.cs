using System.Text.RegularExpressions;

namespace CloudLb.Tests.HAProxy;

/// <summary>What the load balancer makes of the attributes of an application's cookie (AWS's guide on sticky sessions).</summary>
public sealed partial class ApplicationCookieTests
{
    [Theory]
    [InlineData("JSESSIONID=abc;")]
    [InlineData("JSESSIONID=abc; Path=/;")]
    [InlineData("JSESSIONID=abc; Path=/; HttpOnly ;  ")]
    [InlineData("JSESSIONID=abc;;")]
    public async Task A_cookie_with_a_semicolon_at_its_end_is_ignored_and_passed_on(string cookie) =>
        Assert.Equal([cookie.TrimEnd()], await CookiesAsync(cookie));

    [Theory]
    [InlineData("JSESSIONID=abc", "")]
    [InlineData("JSESSIONID=a_b; Path=/my_path", "; Path=/my%5Fpath")]
    [InlineData(
        "JSESSIONID=abc; HttpOnly; path=/_a__b_; Domain=a_b.example.com", "; HttpOnly; path=/%5Fa%5F%5Fb%5F; Domain=a_b.example.com")]
    [InlineData("JSESSIONID=abc;PATH = /a_b;Comment=path_c", ";PATH = /a%5Fb;Comment=path_c")]
    [InlineData("JSESSIONID=abc; X_Path=/a_b; Pathology=/a_b; Path=/", "; X_Path=/a_b; Pathology=/a_b; Path=/")]
    public async Task The_load_balancers_own_takes_over_the_attributes_with_the_paths_underscores_encoded(string cookie, string attributes)
    {
        var cookies = await CookiesAsync(cookie);

        Assert.Equal(cookie, cookies[0]);
        Assert.Equal($"AWSELB=VALUE{attributes}", Value().Replace(Assert.Single(cookies[1..]), "=VALUE"));
    }

    private static async Task<string[]> CookiesAsync(string cookie)
    {
        await using var instance = RawInstance.Start($"HTTP/1.1 200 OK\r\nSet-Cookie: {cookie}\r\nContent-Length: 0\r\n\r\n");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Sticky(Plans.Stickiness(null, "JSESSIONID"));
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var answer = await RawClient.GetAsync(web);

        return [
            .. answer
            .Split("\r\n")
            .Where(line => line.StartsWith("Set-Cookie: ", StringComparison.Ordinal))
            .Select(line => line["Set-Cookie: ".Length..])];
    }

    [GeneratedRegex("=[0-9a-f]{16}")]
    private static partial Regex Value();
}
