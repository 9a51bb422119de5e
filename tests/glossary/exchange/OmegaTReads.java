// Prints what OmegaT's own reader takes from a termbase for a pair of languages: a line a pair, source TAB targets.
import java.io.File;
import org.omegat.core.Core;
import org.omegat.core.data.NotLoadedProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.util.Language;

public class OmegaTReads {
    public static void main(String[] args) throws Exception {
        ProjectProperties pair = new ProjectProperties() {
            @Override public Language getSourceLanguage() { return new Language(args[1]); }
            @Override public Language getTargetLanguage() { return new Language(args[2]); }
        };
        Core.setProject(new NotLoadedProject() {
            @Override public ProjectProperties getProjectProperties() { return pair; }
            @Override public boolean isProjectLoaded() { return true; }
        });
        for (GlossaryEntry entry : GlossaryReaderTBX.read(new File(args[0]), false)) {
            System.out.println(entry.getSrcText() + "\t" + String.join("|", entry.getLocTerms(false)));
        }
    }
}
