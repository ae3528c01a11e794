using CloudLb.Tools.Definitions;
using CloudLb.Tools.Parsing;
using CloudLb.Tools.Running;

namespace CloudLb.Tests.Unit.Tools;

public sealed class CommandLineParserTests
{
    private const string Listener = "protocol=HTTP,lb-port=80,instance-port=80";

    [Theory]
    [InlineData("--instances", "i-1,i-2")]
    [InlineData("--instances=i-1,i-2")]
    [InlineData("--instance", "i-1, i-2")]
    [InlineData("--inst=i-1,i-2")]
    public void A_long_option_is_known_by_any_prefix_and_its_value_stands_in_either_place(params string[] words)
    {
        foreach (var family in new[] { Family.Java, Family.Euca })
        {
            var arguments = Parse("register-instances-with-lb", family, ["web", .. words]);

            Assert.Equal("web", arguments.LoadBalancer);
            Assert.Equal(["i-1", "i-2"], arguments.List("instances"));
        }
    }

    [Fact]
    public void A_prefix_of_several_options_is_refused_and_an_exact_name_is_not()
    {
        Assert.Equal(Fault.UnrecognizedOption, FaultOf("describe-lbs", Family.Java, "--show"));
        Assert.True(Parse("configure-healthcheck", Family.Java, "--help").Has(CommonOptions.Help));
    }

    [Theory]
    [InlineData("describe-lbs", Fault.UnrecognizedOption, "--nix")]
    [InlineData("describe-lbs", Fault.UnrecognizedOption, "-q")]
    [InlineData("delete-lb", Fault.MissingArgument)]
    [InlineData("register-instances-with-lb", Fault.MissingArgument, "web")]
    [InlineData("register-instances-with-lb", Fault.MissingArgument, "web", "--instances")]
    [InlineData("register-instances-with-lb", Fault.MalformedInput, "web", "--instances", " , ")]
    [InlineData("create-lb", Fault.MissingArgument, "web", "-l", Listener)]
    [InlineData("create-lb", Fault.ConflictingOptions, "web", "-l", Listener, "-z", "a", "-s", "s")]
    [InlineData("delete-lb", Fault.MalformedInput, "web", "other")]
    [InlineData("delete-lb", Fault.MalformedInput, "web", "--force=yes")]
    public void What_does_not_fit_is_refused_for_its_own_reason(string command, object fault, params string[] words)
    {
        Assert.Equal(fault, FaultOf(command, Family.Java, words));
        Assert.Equal(fault, FaultOf(command, Family.Euca, words));
    }

    [Fact]
    public void One_form_of_output_can_be_asked_for() =>
        Assert.Equal(Fault.ConflictingOptions, FaultOf("describe-lbs", Family.Java, "--show-long", "--quiet"));

    [Fact]
    public void The_families_options_are_kept_apart()
    {
        Assert.Equal(Fault.UnrecognizedOption, FaultOf("describe-lbs", Family.Euca, "--headers"));
        Assert.Equal(Fault.UnrecognizedOption, FaultOf("describe-lbs", Family.Java, "--version"));
        Assert.Equal(Fault.UnrecognizedOption, FaultOf("create-lb", Family.Java, "web", "-l", Listener, "-z", "a", "--tag", "a=b"));
        Assert.Equal(Fault.MissingArgument, FaultOf("create-lb-cookie-stickiness-policy", Family.Euca, "web", "-p", "sticky"));
        Assert.False(Parse("create-lb-cookie-stickiness-policy", Family.Java, "web", "-p", "sticky").Has("expiration-period"));
    }

    [Fact]
    public void The_Java_family_takes_the_load_balancer_by_an_option_too() =>
        Assert.Equal("web", Parse("describe-instance-health", Family.Java, "--lb", "web").LoadBalancer);

    [Fact]
    public void Euca2ools_takes_what_argparse_takes()
    {
        Assert.Equal(["a", "b"], Parse("enable-zones-for-lb", Family.Euca, "web", "-za,b").List("availability-zones"));
        Assert.Equal(["-web"], Parse("describe-lbs", Family.Euca, "--", "-web").Positionals);
        Assert.Equal(Fault.MissingArgument, FaultOf("enable-zones-for-lb", Family.Euca, "web", "-z", "--debug"));
    }

    [Fact]
    public void An_option_that_repeats_counts_every_time_and_another_the_last_time()
    {
        var arguments = Parse("create-lb", Family.Java, "web", "-l", Listener, "--listener", Listener, "-z", "a", "-z", "b");

        Assert.Equal(2, arguments.All("listener").Count);
        Assert.Equal(["b"], arguments.List("availability-zones"));
    }

    [Theory]
    [InlineData("--policy-names", "")]
    [InlineData("--policy-names=")]
    public void An_empty_list_of_policies_clears(params string[] words) =>
        Assert.Empty(Parse("set-lb-policies-of-listener", Family.Java, ["web", "-l", "80", .. words]).List("policy-names"));

    [Fact]
    public void What_is_no_number_is_refused() => Assert.Equal(
        Fault.MalformedInput,
        Assert.Throws<ToolException>(() =>
            Parse("set-lb-listener-ssl-cert", Family.Java, "web", "-l", "x", "-c", "arn").Number("lb-port")).Fault);

    private static object FaultOf(string command, Family family, params string[] words) =>
        Assert.Throws<ToolException>(() => Parse(command, family, words)).Fault;

    private static Arguments Parse(string command, Family family, params string[] words) =>
        CommandLineParser.Parse(CommandTable.Find(command, family)!, family, words);
}
