using System.Runtime.CompilerServices;
using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Definitions;
using CloudLb.Tools.Generating;
using CloudLb.Tools.Running;

namespace CloudLb.Tests.Unit.Tools;

/// <summary>The definitions of the commands, as a whole.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void There_are_28_commands_of_euca2ools() => Assert.Equal(28, CommandTable.Of(Family.Euca).Count());

    [Fact]
    public void The_Java_family_has_no_tags_and_a_version_instead() =>
        Assert.Equal(
            CommandTable.Of(Family.Euca)
                .Select(command => command.Name).Where(name => !name.EndsWith("-tags", StringComparison.Ordinal)).Append("version").Order(),
            CommandTable.Of(Family.Java).Select(command => command.Name).Order());

    [Fact]
    public void Every_action_has_a_command_but_the_one_that_is_younger_than_the_tools()
    {
        var calls = CommandTable.All
            .Select(command => command.Call).OfType<ICall>().SelectMany(call => call.GetType().GenericTypeArguments.Take(1));

        Assert.Equal(
            ElasticLoadBalancingContract.Service.Operations
                .Select(operation => $"{operation.Name}Request").Where(name => !name.StartsWith("DescribeAccountLimits"))
                .Order(StringComparer.Ordinal),
            calls.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_options_of_a_command_have_one_name_or_letter()
    {
        foreach (var family in new[] { Family.Java, Family.Euca })
        {
            foreach (var options in CommandTable.Of(family).Select(command => command.OptionsOf(family).ToList()))
            {
                // The general --show-long of the Java family is euca2ools' own option of some commands.
                Assert.Equal(options.Count, options.DistinctBy(option => option.Name).Count());
                var letters = options.Select(option => option.Short).OfType<char>().ToList();
                Assert.Equal(letters.Count, letters.Distinct().Count());
            }
        }
    }

    [Fact]
    public void Every_command_has_a_page_and_help_with_each_of_its_options()
    {
        foreach (var family in new[] { Family.Java, Family.Euca })
        {
            foreach (var command in CommandTable.Of(family))
            {
                var help = HelpText.Whole(command, family);
                var page = ManPages.Page(command, family);
                Assert.All(
                    command.OptionsOf(family).Where(option => !option.IsHidden),
                    option =>
                        Assert.True(help.Contains($"--{option.Name}")
                            && page.Contains($"\\-\\-{option.Name.Replace("-", "\\-")}"), option.Name));
            }
        }
    }

    [Fact]
    public void The_documents_table_is_the_definitions()
    {
        var document = File.ReadAllText(DocumentPath());
        const string Begin = "<!-- commands: begin -->\n", End = "<!-- commands: end -->";
        var begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var table = document[begin..document.IndexOf(End, StringComparison.Ordinal)];

        if (Environment.GetEnvironmentVariable("UPDATE_SCENARIOS") == "1")
        {
            File.WriteAllText(DocumentPath(), document.Replace($"{Begin}{table}", Begin + CommandsTable.Write()));
        }

        Assert.Equal(CommandsTable.Write(), table);
    }

    [Fact]
    public void An_internal_error_is_not_the_callers() =>
        Assert.Equal(99, FaultReport.Write(TextWriter.Null, new(Fault.Internal, ""), "elb-x", Family.Java, command: null));

    private static string DocumentPath([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "elb-commands.md"));
}
