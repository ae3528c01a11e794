using System.Xml.Linq;
using CloudLb.Tests.Api.Actions;

namespace CloudLb.Tests.Api.V2;

/// <summary>Rules as a client sees them.</summary>
public sealed class RuleTests(ElbServer server) : IClassFixture<ElbServer>
{
    private readonly V2Resources _resources = new(server);

    [Fact]
    public async Task Rules_are_made_described_in_order_moved_changed_and_deleted()
    {
        var (listener, group) = await ListenerAsync();
        var first = await CreateAsync(listener, group, 20, Path("/a/*"));
        var second = await CreateAsync(listener, group, 10, "&Conditions.member.1.Field=host-header" +
            "&Conditions.member.1.HostHeaderConfig.Values.member.1=*.example.com");
        var described = await server.SendV2Async($"Action=DescribeRules&ListenerArn={listener}");

        Assert.Matches($"^{listener.Replace(":listener/", ":listener-rule/", StringComparison.Ordinal)}/[0-9a-f]{{16}}$", first);
        Assert.Equal(["10", "20", "default"], Values(described, "Priority"));
        Assert.Equal(["false", "false", "true"], Values(described, "IsDefault"));
        Assert.Equal(
            ["*.example.com", "*.example.com", "/a/*", "/a/*"],
            described.Descendants("Values").SelectMany(values => values.Elements()).Select(value => value.Value));
        Assert.Equal("Conditions", described.Descendants("Conditions").Last(conditions => !conditions.HasElements).Name.LocalName);

        // Both change places at once.
        var swapped = await server.SendV2Async(
            $"Action=SetRulePriorities&RulePriorities.member.1.RuleArn={first}&RulePriorities.member.1.Priority=10" +
            $"&RulePriorities.member.2.RuleArn={second}&RulePriorities.member.2.Priority=20");
        Assert.Equal(["10", "20"], Values(swapped, "Priority"));
        Assert.Equal(
            (400, "PriorityInUse", "Priority '20' is currently in use"),
            await server.RefusalV2Async(
                $"Action=SetRulePriorities&RulePriorities.member.1.RuleArn={first}&RulePriorities.member.1.Priority=20"));

        var changed = await server.SendV2Async($"Action=ModifyRule&RuleArn={first}{Path("/b")}");
        Assert.Equal("/b", changed.Descendants("PathPatternConfig").Single().Value);
        Assert.Equal(group, changed.Descendants("Actions").Single().Element("member")!.Element("TargetGroupArn")!.Value);

        await server.SendV2Async($"Action=DeleteRule&RuleArn={first}");
        Assert.Equal(
            (400, "RuleNotFound", "One or more rules not found"), await server.RefusalV2Async($"Action=DeleteRule&RuleArn={first}"));
        Assert.Equal(
            (400, "RuleNotFound", "One or more rules not found"),
            await server.RefusalV2Async($"Action=DescribeRules&RuleArns.member.1={first}"));
        Assert.Equal(
            ["20"], Values(await server.SendV2Async($"Action=DescribeRules&RuleArns.member.1={second}"), "Priority"));
    }

    [Fact]
    public async Task Expressions_and_transforms_are_shown_as_they_were_given_and_reset()
    {
        const string Transforms = "&Transforms.member.1.Type=url-rewrite&Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Regex=" +
            "%5E/old/(.*)%24&Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Replace=/new/%241" +
            "&Transforms.member.2.Type=host-header-rewrite&Transforms.member.2.HostHeaderRewriteConfig.Rewrites.member.1.Regex=%5Ea" +
            "&Transforms.member.2.HostHeaderRewriteConfig.Rewrites.member.1.Replace=b";
        var (listener, group) = await ListenerAsync();
        var rule = await CreateAsync(
            listener, group, 1,
            "&Conditions.member.1.Field=path-pattern&Conditions.member.1.RegexValues.member.1=%5E/a%5Cd%2B" +
            "&Conditions.member.2.Field=http-header&Conditions.member.2.HttpHeaderConfig.HttpHeaderName=User-Agent" +
            "&Conditions.member.2.HttpHeaderConfig.RegexValues.member.1=chrome.*mobile" + Transforms);
        var described = (await server.SendV2Async($"Action=DescribeRules&RuleArns.member.1={rule}")).Descendants("Rules").Single();

        var conditions = described.Descendants("Conditions").Single().Elements().ToList();
        Assert.Equal(@"^/a\d+", conditions[0].Element("PathPatternConfig")!.Element("RegexValues")!.Value);
        Assert.Equal(@"^/a\d+", conditions[0].Element("RegexValues")!.Value);
        Assert.Null(conditions[0].Element("Values"));
        Assert.Equal("chrome.*mobile", conditions[1].Element("HttpHeaderConfig")!.Element("RegexValues")!.Value);
        Assert.Equal(["url-rewrite", "host-header-rewrite"], Values(described.Descendants("Transforms").Single(), "Type"));
        Assert.Equal(["^/old/(.*)$", "^a"], Values(described, "Regex"));
        Assert.Equal(["/new/$1", "b"], Values(described, "Replace"));

        Assert.Equal(
            (400, "ValidationError", "You cannot specify both 'Transforms' and 'ResetTransforms'"),
            await server.RefusalV2Async($"Action=ModifyRule&RuleArn={rule}&ResetTransforms=true{Transforms}"));
        Assert.Equal(2, Values(await server.SendV2Async($"Action=ModifyRule&RuleArn={rule}{Path("/b")}"), "Regex").Count());
        Assert.Empty(Values(await server.SendV2Async($"Action=ModifyRule&RuleArn={rule}&ResetTransforms=true"), "Regex"));
    }

    [Theory]
    [InlineData("(a", "x", "The regular expression '(a' has a group that is not closed")]
    [InlineData("(a+)+b", "x",
        "The regular expression '(a+)+b' may take time out of proportion to what it looks through, and is not supported")]
    [InlineData("(?=a)", "x", "The regular expression '(?=a)' has a group of a kind that is not supported")]
    [InlineData("(a)", "$2", "The replacement '$2' refers to a group other than $1 to $1")]
    [InlineData("(a)", "a b", "The replacement 'a b' contains a character that is not valid")]
    public async Task A_transform_that_cannot_be_carried_is_refused(string regex, string replace, string message)
    {
        var (listener, group) = await ListenerAsync();

        Assert.Equal((400, "ValidationError", message), await server.RefusalV2Async(
            $"Action=CreateRule&ListenerArn={listener}&Priority=1{Forward(group)}{Path("/")}&Transforms.member.1.Type=url-rewrite" +
            $"&Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Regex={Uri.EscapeDataString(regex)}" +
            $"&Transforms.member.1.UrlRewriteConfig.Rewrites.member.1.Replace={Uri.EscapeDataString(replace)}"));
    }

    [Fact]
    public async Task The_default_rule_is_a_rule_that_only_its_listener_changes()
    {
        var (listener, group) = await ListenerAsync();
        var rule = Values(await server.SendV2Async($"Action=DescribeRules&ListenerArn={listener}"), "RuleArn").Single();

        Assert.Equal(
            (400, "OperationNotPermitted", $"Default rule '{rule}' cannot be modified"),
            await server.RefusalV2Async($"Action=ModifyRule&RuleArn={rule}{Path("/x")}"));
        Assert.Equal(
            (400, "OperationNotPermitted", $"Default rule '{rule}' cannot be deleted"),
            await server.RefusalV2Async($"Action=DeleteRule&RuleArn={rule}"));
        await server.SendV2Async($"Action=AddTags&ResourceArns.member.1={rule}&Tags.member.1.Key=a");
        Assert.Equal("a", Values(await server.SendV2Async($"Action=DescribeTags&ResourceArns.member.1={rule}"), "Key").Single());

        var other = await _resources.TargetGroupAsync();
        await server.SendV2Async($"Action=ModifyListener&ListenerArn={listener}{V2Resources.Forward(other)}");
        Assert.Contains(
            other, Values(await server.SendV2Async($"Action=DescribeRules&ListenerArn={listener}"), "TargetGroupArn"));
        await server.SendV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}");
    }

    [Fact]
    public async Task A_priority_is_taken_once_a_group_in_a_rule_is_in_use_and_a_load_balancer_has_so_many_rules()
    {
        var (listener, _) = await ListenerAsync();
        var group = await _resources.TargetGroupAsync();
        await CreateAsync(listener, group, 1, Path("/"));

        Assert.Equal(
            (400, "PriorityInUse", "Priority '1' is currently in use"),
            await server.RefusalV2Async($"Action=CreateRule&ListenerArn={listener}&Priority=1{Path("/")}{Forward(group)}"));
        Assert.Equal(
            (400, "ResourceInUse", $"Target group '{group}' is currently in use by a listener or a rule"),
            await server.RefusalV2Async($"Action=DeleteTargetGroup&TargetGroupArn={group}"));
        for (var priority = 2; priority <= 4; priority++)
        {
            await CreateAsync(listener, group, priority, Path("/"));
        }

        var loadBalancer = listener[..listener.LastIndexOf('/')].Replace(":listener/", ":loadbalancer/", StringComparison.Ordinal);
        Assert.Equal(
            (400, "TooManyRules", $"The maximum number of rules on load balancer '{loadBalancer}' has been reached"),
            await server.RefusalV2Async($"Action=CreateRule&ListenerArn={listener}&Priority=5{Path("/")}{Forward(group)}"));
    }

    [Fact]
    public async Task Expressions_of_all_rules_together_look_at_a_request_so_often_and_no_more()
    {
        static string Expressions(string text) =>
            "&Conditions.member.1.Field=http-header&Conditions.member.1.HttpHeaderConfig.HttpHeaderName=X-Kind" +
            string.Concat(Enumerable.Range(1, 5).Select(
                number => $"&Conditions.member.1.HttpHeaderConfig.RegexValues.member.{number}={Uri.EscapeDataString(text)}"));
        var (listener, group) = await ListenerAsync();
        const string Long = "[ab]{30}[cd]|[ab]{29}[cd]";
        for (var priority = 1; priority <= 3; priority++)
        {
            await CreateAsync(listener, group, priority, Expressions(Long));
        }

        var atStart = await CreateAsync(listener, group, 4, Expressions("^/[a-z]{30}"));

        Assert.Equal(
            (400, "InvalidConfigurationRequest",
                $"The regular expressions of the rules of listener '{listener}' would take 1225 looks at each letter of a request. " +
                "More than 1000 are not supported; one that begins with '^' and text takes a single one"),
            await server.RefusalV2Async($"Action=CreateRule&ListenerArn={listener}&Priority=5{Forward(group)}{Expressions(Long)}"));
        var (status, code, _) = await server.RefusalV2Async($"Action=ModifyRule&RuleArn={atStart}{Expressions(Long)}");
        Assert.Equal((400, "InvalidConfigurationRequest"), (status, code));
        await server.SendV2Async($"Action=ModifyRule&RuleArn={atStart}{Expressions("mobile")}");
    }

    [Theory]
    [InlineData("", "A condition must be specified")]
    [InlineData(
        "&C1.Field=x",
        "Condition field 'x' must be one of 'http-header,http-request-method,host-header,query-string,path-pattern,source-ip'")]
    [InlineData("&C1.Field=host-header&C1.Values.member.1=a.b&C2.Field=host-header&C2.Values.member.1=c.d",
        "A rule can only have one 'host-header' condition")]
    [InlineData("&C1.Field=host-header&C1.HostHeaderConfig.Values=",
        "You must provide exactly one of the following: ['Values' 'RegexValues'] for config of type 'HostHeaderConfig'")]
    [InlineData("&C1.Field=path-pattern",
        "For conditions of type 'path-pattern', you must specify the following fields: 'Values or RegexValues or PathPatternConfig'")]
    [InlineData("&C1.Field=query-string&C1.RegexValues.member.1=x",
        "'RegexValues' is not supported for a condition of type 'query-string'")]
    [InlineData("&C1.Field=path-pattern&C1.Values.member.1=/a%20b", "Condition value '/a b' contains a character that is not valid")]
    [InlineData("&C1.Field=path-pattern&C1.Values.member.1=/a%0Ab", "Condition value '/a\nb' contains a character that is not valid")]
    [InlineData("&C1.Field=host-header&C1.Values.member.1=localhost", "Condition value 'localhost' contains a character that is not valid")]
    [InlineData("&C1.Field=http-header&C1.HttpHeaderConfig.HttpHeaderName=Host&C1.HttpHeaderConfig.Values.member.1=x",
        "You cannot specify 'Host' as an HTTP header name")]
    [InlineData("&C1.Field=http-header&C1.HttpHeaderConfig.HttpHeaderName=a234567890123456789012345678901234567890x" +
        "&C1.HttpHeaderConfig.Values.member.1=x", "Condition value for 'http-header' cannot contain more than 40 characters")]
    [InlineData("&C1.Field=http-request-method&C1.HttpRequestMethodConfig.Values.member.1=get",
        "Condition value 'get' contains a character that is not valid")]
    [InlineData(
        "&C1.Field=source-ip&C1.SourceIpConfig.Values.member.1=10.0.0.1", "The specified value '10.0.0.1' is not a valid CIDR block")]
    [InlineData(
        "&C1.Field=source-ip&C1.SourceIpConfig.Values.member.1=010.0.0.0/8", "The specified value '010.0.0.0/8' is not a valid CIDR block")]
    [InlineData("&C1.Field=source-ip&C1.SourceIpConfig.Values.member.1=10/8", "The specified value '10/8' is not a valid CIDR block")]
    [InlineData(
        "&C1.Field=source-ip&C1.SourceIpConfig.Values.member.1=10.0.0.0/08", "The specified value '10.0.0.0/08' is not a valid CIDR block")]
    [InlineData(
        "&C1.Field=source-ip&C1.SourceIpConfig.Values.member.1=fe80::%25lo/10",
        "The specified value 'fe80::%lo/10' is not a valid CIDR block")]
    [InlineData("&C1.Field=path-pattern&C1.Values.member.1=/1&C1.Values.member.2=/2&C1.Values.member.3=/3&C1.Values.member.4=/4" +
        "&C1.Values.member.5=/5&C1.Values.member.6=/6", "A rule can only have '5' condition values and regex values")]
    [InlineData("&C1.Field=path-pattern&C1.Values.member.1=/*?*?*?*", "A rule can only have '6' condition wildcards")]
    public async Task A_condition_that_AWS_refuses_is_refused(string conditions, string message)
    {
        var (listener, group) = await ListenerAsync();
        var form = conditions.Replace("&C", "&Conditions.member.", StringComparison.Ordinal);

        Assert.Equal(
            (400, "ValidationError", message),
            await server.RefusalV2Async($"Action=CreateRule&ListenerArn={listener}&Priority=1{Forward(group)}" +
                (form.Length == 0 ? "&Conditions=" : form)));
    }

    [Theory]
    [InlineData("x!y")]
    [InlineData("x'y")]
    [InlineData("x.y")]
    public async Task A_header_whose_name_cannot_be_asked_for_is_refused_and_not_kept_without_effect(string name)
    {
        var (listener, group) = await ListenerAsync();

        Assert.Equal(
            (400, "InvalidConfigurationRequest", $"The value '{name}' of 'HttpHeaderName' is not supported"),
            await server.RefusalV2Async(
                $"Action=CreateRule&ListenerArn={listener}&Priority=1{Forward(group)}&Conditions.member.1.Field=http-header" +
                $"&Conditions.member.1.HttpHeaderConfig.HttpHeaderName={Uri.EscapeDataString(name)}" +
                "&Conditions.member.1.HttpHeaderConfig.Values.member.1=a"));
    }

    private static string Path(string path) =>
        $"&Conditions.member.1.Field=path-pattern&Conditions.member.1.Values.member.1={Uri.EscapeDataString(path)}";

    private static string Forward(string group) => $"&Actions.member.1.Type=forward&Actions.member.1.TargetGroupArn={group}";

    private static IEnumerable<string> Values(XElement answer, string name) =>
        answer.Descendants(name).Where(element => !element.HasElements).Select(element => element.Value);

    private async Task<(string Listener, string Group)> ListenerAsync()
    {
        var group = await _resources.TargetGroupAsync();
        return (await _resources.ListenerAsync(await _resources.LoadBalancerAsync(), group), group);
    }

    private async Task<string> CreateAsync(string listener, string group, int priority, string conditions) => (await server.SendV2Async(
        $"Action=CreateRule&ListenerArn={listener}&Priority={priority}{conditions}{Forward(group)}")).Descendants("RuleArn").Single().Value;
}
