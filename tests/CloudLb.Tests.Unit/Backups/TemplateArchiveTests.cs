using CloudLb.Server.Backups;

namespace CloudLb.Tests.Unit.Backups;

public sealed class TemplateArchiveTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clb-templates-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Plain_files_come_out_as_they_went_in_and_others_stay_out()
    {
        Write("templates/frontend.rules.liquid", "a");
        Write("templates/filter/sorry.html", "b");
        Write("templates/.frontend.rules.liquid.swp", "c");
        Write("templates/filter/deeper/x", "d");
        var taken = Directory.CreateDirectory(Path.Combine(_directory.FullName, "taken")).FullName;

        File.WriteAllBytes(Path.Combine(taken, TemplateArchive.Name), TemplateArchive.Pack(_directory.FullName)!);
        TemplateArchive.Unpack(taken);

        Assert.Equal(
            ["templates/filter/sorry.html=b", "templates/frontend.rules.liquid=a"],
            Directory.EnumerateFiles(taken, "*", SearchOption.AllDirectories)
                .Select(path => $"{Path.GetRelativePath(taken, path)}={File.ReadAllText(path)}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "../evil": "YQ==" }""")]
    [InlineData("""{ "/etc/passwd": "YQ==" }""")]
    [InlineData("""{ "a/../../evil": "YQ==" }""")]
    [InlineData("""{ "a/b/c": "YQ==" }""")]
    [InlineData("""{ ".hidden": "YQ==" }""")]
    [InlineData("""{ "a": "YQ==", "a/b": "YQ==" }""")]
    [InlineData("""{ "a": null }""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public void Hostile_paths_are_refused_and_nothing_is_written(string json)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, TemplateArchive.Name), json);

        Assert.Throws<BackupException>(() => TemplateArchive.Unpack(_directory.FullName));

        Assert.Equal(
            [Path.Combine(_directory.FullName, TemplateArchive.Name)],
            Directory.EnumerateFiles(_directory.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Without_templates_there_is_nothing() => Assert.Null(TemplateArchive.Pack(_directory.FullName));

    private void Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
